package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.VerifiedToken;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonException;
import java.time.Instant;
import java.util.Set;

/** Holds a call against the holder whom the token names. */
final class HolderCheck {

    private final HolderProofLimits limits;
    private final NonceMemory nonces;

    HolderCheck(HolderProofLimits limits) {
        this.limits = limits;
        this.nonces = new NonceMemory(limits);
    }

    /** The holders who are proved to stand behind the call; the proof can still be used for it. */
    Set<String> require(VerifiedToken token, CapabilityRequest request, Instant now) throws Refusal {
        Set<VerifyingKey> mustSign = token.mustSign();
        if (mustSign.isEmpty()) {
            return Set.of();
        }
        HolderProof proof = request.proof();
        if (proof == null) {
            throw new Refusal(DenyCodes.HOLDER_PROOF_MISSING, "the capability needs its holder's signature");
        }
        if (!mustSign.equals(Set.of(proof.holder()))) {
            throw new Refusal(DenyCodes.HOLDER_KEY_MISMATCH, "the capability is not held by the key that signed");
        }
        requireTime(proof, now);
        requireSignature(proof, request);
        requireFresh(nonces.look(proof.holder(), proof.nonce(), request.callId(), now.getEpochSecond()));
        return token.holders();
    }

    /** Uses the proof up, if the token needs one. Asked for last, so that no refused call uses one up. */
    void consume(VerifiedToken token, CapabilityRequest request, Instant now) throws Refusal {
        HolderProof proof = request.proof();
        if (!token.mustSign().isEmpty() && proof != null) {
            requireFresh(
                    nonces.take(proof.holder(), proof.nonce(), request.callId(), end(proof), now.getEpochSecond()));
        }
    }

    private void requireTime(HolderProof proof, Instant now) throws Refusal {
        long second = now.getEpochSecond();
        boolean isDate = proof.issuedAt() >= 0
                && proof.issuedAt() <= second + limits.maxSkew().toSeconds();
        if (!isDate || second >= end(proof)) {
            throw new Refusal(DenyCodes.HOLDER_PROOF_EXPIRED, "the holder's proof is too old, or not valid yet");
        }
    }

    /** The first second at which the proof is no longer accepted. */
    private long end(HolderProof proof) {
        return proof.issuedAt() + limits.maxAge().toSeconds() + limits.maxSkew().toSeconds();
    }

    private static void requireSignature(HolderProof proof, CapabilityRequest request) throws Refusal {
        boolean holds;
        try {
            holds = proof.covers(request);
        } catch (JsonException e) {
            holds = false;
        }
        if (!holds) {
            throw new Refusal(DenyCodes.HOLDER_PROOF_INVALID, "the holder did not sign this call");
        }
    }

    private static void requireFresh(NonceMemory.Answer answer) throws Refusal {
        switch (answer) {
            case REPLAYED -> throw new Refusal(DenyCodes.HOLDER_PROOF_REPLAYED, "the holder's proof was used before");
            case FULL ->
                throw new Refusal(
                        DenyCodes.HOLDER_PROOFS_EXHAUSTED, "too many proofs are remembered to accept another one");
            case FRESH -> {}
        }
    }
}
