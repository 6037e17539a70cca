package ai.paybond.kit.nevermined;

import ai.paybond.kit.PaybondException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to Nevermined that brought no result. {@link #code()} is the backend's own code, {@code http_<status>},
 * {@code network_error}, {@code network_timeout}, {@code validation} for a request that was not sent, or
 * {@code reply.malformed}. Verify and settle answer with {@link Verification} and {@link Settlement} instead.
 */
public final class NeverminedException extends PaybondException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final @Nullable BackendError error;

    NeverminedException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.error = null;
    }

    NeverminedException(String request, BackendError error) {
        super(error.code(), request + " was answered " + error.status() + " " + error.code());
        this.error = error;
    }

    static NeverminedException validation(String message) {
        return new NeverminedException("validation", message, null);
    }

    static NeverminedException malformed(String what) {
        return new NeverminedException("reply.malformed", what + " cannot be read", null);
    }

    /** The backend's whole error; empty if it did not answer. */
    public Optional<BackendError> error() {
        return Optional.ofNullable(error);
    }

    /** Whether the backend says that the same request may succeed later. */
    public boolean retryable() {
        return error != null && error.retryable();
    }
}
