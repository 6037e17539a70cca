package ai.paybond.kit.sandbox.paegents;

import java.util.Optional;

/**
 * Something that goes wrong between a client and the sandbox, once.
 *
 * @param status the answer instead of the right one; 0 for none at all, the connection being closed
 * @param handled whether the request takes effect before
 * @param retryAfter the header {@code Retry-After} of the answer
 */
public record PaegentsFault(int status, boolean handled, Optional<String> retryAfter) {

    /** An error instead of an effect. */
    public static PaegentsFault status(int status) {
        return new PaegentsFault(status, false, Optional.empty());
    }

    /** The same, and when to ask again. */
    public PaegentsFault retryAfter(String seconds) {
        return new PaegentsFault(status, handled, Optional.of(seconds));
    }

    /** The connection is closed before anything happens. */
    public static PaegentsFault connectionReset() {
        return new PaegentsFault(0, false, Optional.empty());
    }

    /** The request takes effect, and the answer is lost on its way. */
    public static PaegentsFault replyLost() {
        return new PaegentsFault(0, true, Optional.empty());
    }
}
