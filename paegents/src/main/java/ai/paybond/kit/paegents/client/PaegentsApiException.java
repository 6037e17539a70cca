package ai.paybond.kit.paegents.client;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to Paegents that brought no result. {@link #code()} is Paegents' own code as far as it sent one, such as
 * {@code nonce_reused} or {@code invalid_state:expired}, otherwise {@code http_<status>}; without a reply it is
 * {@code paegents.unreachable}, {@code paegents.timeout}, {@code paegents.interrupted}, {@code reply.too_large},
 * {@code reply.redirected} or {@code reply.malformed}. Neither code nor message holds the reply's texts.
 */
public class PaegentsApiException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean retryable;
    private final transient @Nullable ApiError error;

    /** No usable reply. */
    PaegentsApiException(String code, String message, boolean retryable, @Nullable Throwable cause) {
        super(code, message, cause);
        this.status = 0;
        this.retryable = retryable;
        this.error = null;
    }

    /** An error reply. */
    PaegentsApiException(String request, ApiError error, boolean retryable) {
        super(error.code(), request + " was answered " + error.status() + " " + error.code());
        this.status = error.status();
        this.retryable = retryable;
        this.error = error;
    }

    static PaegentsApiException malformed(String what) {
        return new PaegentsApiException("reply.malformed", what + " cannot be read", false, null);
    }

    /** The HTTP status; 0 if there was no reply. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Paegents' words for it. They may repeat what was sent: do not log them. */
    public Optional<String> detail() {
        return Optional.ofNullable(error).map(ApiError::detail);
    }

    /** Paegents' name for the request, if it gave one. */
    public Optional<String> requestId() {
        return Optional.ofNullable(error).flatMap(e -> e.body().string("request_id"));
    }

    /** The reply's JSON object; empty if there was none. Do not log it. */
    public Optional<JsonObject> body() {
        return Optional.ofNullable(error).map(ApiError::body);
    }
}
