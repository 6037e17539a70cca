package ai.paybond.kit.nevermined.internal;

import org.jspecify.annotations.Nullable;

/** No usable reply came back. The message holds no URL, header or body. */
public final class NoReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection was made, so no byte of the request was sent. */
        NOT_SENT("network_error"),
        /** The connection broke before the reply was complete. */
        BROKEN_OFF("network_error"),
        /** The time allowed ran out. */
        TIMED_OUT("network_timeout"),
        /** The reply is larger than allowed. */
        TOO_LARGE("reply.too_large"),
        /** The server pointed elsewhere; redirects are never followed. */
        REDIRECTED("reply.redirected"),
        /** The calling thread was interrupted; its flag is set again. */
        INTERRUPTED("interrupted");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** The stable reason. */
        public String code() {
            return code;
        }
    }

    private final Kind kind;

    NoReplyException(Kind kind, @Nullable Throwable cause) {
        super("no usable reply: " + kind, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
