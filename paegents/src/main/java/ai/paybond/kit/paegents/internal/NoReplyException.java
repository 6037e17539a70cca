package ai.paybond.kit.paegents.internal;

import org.jspecify.annotations.Nullable;

/** No usable reply came back. The message holds no address, header or body. */
public final class NoReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection was made, so no byte of the request was sent. */
        NOT_SENT("paegents.unreachable", true),
        /** The connection broke before the reply was complete; the request may have had its effect. */
        BROKEN_OFF("paegents.unreachable", true),
        /** The time allowed ran out; the request may have had its effect. */
        TIMED_OUT("paegents.timeout", true),
        /** The reply is larger than allowed. */
        TOO_LARGE("reply.too_large", false),
        /** The server pointed elsewhere; redirects are never followed, since credentials would go along. */
        REDIRECTED("reply.redirected", false),
        /** The calling thread was interrupted; its flag is set again. */
        INTERRUPTED("paegents.interrupted", false);

        private final String code;
        private final boolean passing;

        Kind(String code, boolean passing) {
            this.code = code;
            this.passing = passing;
        }

        /** The stable reason. */
        public String code() {
            return code;
        }

        /** Whether another attempt may fare better. */
        public boolean isPassing() {
            return passing;
        }
    }

    private final Kind kind;

    NoReplyException(Kind kind, @Nullable Throwable cause) {
        super("no usable reply: " + kind, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
