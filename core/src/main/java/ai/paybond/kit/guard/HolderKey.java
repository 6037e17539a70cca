package ai.paybond.kit.guard;

import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.wire.ed25519.Signer;
import java.security.SecureRandom;
import java.time.Clock;

/** Proves for each call that this guard runs for the capability's holder. */
final class HolderKey {
    private final Signer signer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    HolderKey(Signer signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** @throws HolderKeyException when the key is out of reach */
    CapabilityRequest prove(CapabilityRequest request) {
        return request.provedBy(sign(request));
    }

    /** @throws HolderKeyException when the key is out of reach */
    HolderProof sign(CapabilityRequest request) {
        try {
            return HolderProof.sign(signer, request, clock, random);
        } catch (RuntimeException e) {
            throw new HolderKeyException(e);
        }
    }

    /** The key could not sign. */
    static final class HolderKeyException extends RuntimeException {
        static final DenyReason REASON =
                DenyReason.local(GuardCodes.HOLDER_SIGNER_FAILED, "the holder's key could not sign");

        private static final long serialVersionUID = 1L;

        HolderKeyException(RuntimeException cause) {
            super("the holder's key could not sign", cause);
        }
    }
}
