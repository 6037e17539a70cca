package ai.paybond.kit.internal.http;

import org.jspecify.annotations.Nullable;

/** No usable reply came back. The message holds no URL, header or body. */
public final class HttpFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection, or it was lost before a reply began. */
        UNREACHABLE(true),
        /** The time allowed ran out. */
        TIMED_OUT(true),
        /** The reply ended before its announced length. */
        TRUNCATED(true),
        /** The reply is larger than allowed. */
        TOO_LARGE(false),
        /** The reply could not be saved. */
        UNWRITABLE(false),
        /** The server pointed elsewhere; a session never follows. */
        REDIRECTED(false),
        /** The calling thread was interrupted. */
        INTERRUPTED(false),
        /** The transport was closed. */
        CLOSED(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        boolean retryable() {
            return retryable;
        }
    }

    private final Kind kind;

    HttpFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
