package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import java.util.List;

/** Signs evidence with the payee's key. */
final class PayeeSealer implements EvidenceSealer {
    private final PayeeIdentity payee;
    private final EvidenceVersion version;

    PayeeSealer(PayeeIdentity payee, EvidenceVersion version) {
        this.payee = payee;
        this.version = version;
    }

    @Override
    public EvidenceEnvelope seal(EvidenceEnvelope owed) {
        EvidenceStatement statement = new EvidenceStatement(
                owed.context().tenantId(),
                owed.context().intentId(),
                payee.did(),
                owed.payload(),
                List.of(),
                owed.submittedAt());
        return owed.signedAs(statement.sign(payee.signer(), version).bodyJson());
    }
}
