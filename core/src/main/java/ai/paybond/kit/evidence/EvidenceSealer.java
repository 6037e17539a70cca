package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.evidence.EvidenceVersion;

/** Makes evidence ready to be sent. Called once per piece of evidence; again only when it threw. Thread-safe. */
@FunctionalInterface
public interface EvidenceSealer {

    /**
     * Seals one envelope.
     *
     * @throws RuntimeException when the signer cannot be reached; the evidence is kept and sealed later
     */
    EvidenceEnvelope seal(EvidenceEnvelope owed);

    /** Signs as the payee. */
    static EvidenceSealer payee(PayeeIdentity payee, EvidenceVersion version) {
        return new PayeeSealer(payee, version);
    }

    /** Leaves signing to the authority; for sandbox guardrail runs. */
    static EvidenceSealer managed() {
        return EvidenceEnvelope::managed;
    }
}
