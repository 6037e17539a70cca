package ai.paybond.kit.internal.biscuit;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose blocks may be in a token, apart from those that its holders signed. */
public final class ThirdParties {

    private static final ThirdParties ANYBODY = new ThirdParties(null);

    private final @Nullable Set<VerifyingKey> trusted;

    private ThirdParties(@Nullable Set<VerifyingKey> trusted) {
        this.trusted = trusted;
    }

    /** Those with one of these keys; nobody when there is none. */
    public static ThirdParties of(Set<VerifyingKey> approvers) {
        return new ThirdParties(Set.copyOf(approvers));
    }

    /** Whoever it is: for reading what a token says, and for narrowing it. */
    static ThirdParties anybody() {
        return ANYBODY;
    }

    void require(VerifyingKey signer) throws RejectedTokenException {
        if (trusted == null || trusted.contains(signer)) {
            return;
        }
        if (trusted.isEmpty()) {
            throw RejectedTokenException.unsupported("a block is signed by a third party");
        }
        throw new RejectedTokenException(
                RejectedTokenException.Reason.THIRD_PARTY_UNKNOWN, "a block is signed by an unknown third party");
    }
}
