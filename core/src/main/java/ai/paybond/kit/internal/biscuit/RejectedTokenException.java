package ai.paybond.kit.internal.biscuit;

/**
 * A token that is not accepted, with the reason. Carries no cause: the library's exceptions quote the token. Without a
 * stack trace, because refusing hostile input should cost little.
 */
public final class RejectedTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What was wrong with the token. */
    public enum Reason {
        /** No Biscuit, or one that breaks its own format or the capability profile. */
        MALFORMED,
        /** A Biscuit that uses a feature which is not allowed here. */
        UNSUPPORTED,
        /** More content than the limits allow. */
        LIMIT_EXCEEDED,
        /** The chain of signatures does not hold. */
        SIGNATURE_INVALID,
        /** Signed under a root key that is not pinned. */
        UNKNOWN_ROOT_KEY,
        /** No block can be added, because the holder's key was dropped. */
        SEALED,
        /** A check inside the token does not hold. */
        CHECK_FAILED,
        /** A block is signed by a third party that is neither trusted here nor the holder. */
        THIRD_PARTY_UNKNOWN,
        /** A third party's block was made for another place in a token, or for another token. */
        MISPLACED,
        /** The token is no narrowed copy of the one that it should come from. */
        NOT_NARROWED
    }

    RejectedTokenException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What was wrong. */
    public Reason reason() {
        return reason;
    }

    static RejectedTokenException malformed(String message) {
        return new RejectedTokenException(Reason.MALFORMED, message);
    }

    static RejectedTokenException unsupported(String message) {
        return new RejectedTokenException(Reason.UNSUPPORTED, message);
    }

    static RejectedTokenException signature(String message) {
        return new RejectedTokenException(Reason.SIGNATURE_INVALID, message);
    }

    /** Refuses a count above its limit. */
    static void requireAtMost(String what, long count, long limit) throws RejectedTokenException {
        if (count > limit) {
            throw new RejectedTokenException(Reason.LIMIT_EXCEEDED, "more than " + limit + " " + what);
        }
    }
}
