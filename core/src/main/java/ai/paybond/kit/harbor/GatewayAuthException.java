package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The Gateway did not open a session: the API key was rejected, or the answer lacked what a session needs (a tenant, a
 * token, a lifetime). Unless {@link #retryable()}, trying
 * the same key again does not help.
 */
public final class GatewayAuthException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private final @Nullable String requestId;

    /**
     * @param code the Gateway's own error code, or one of ours when the reply was unusable
     * @param message for people; no secrets and no reply body
     * @param status the HTTP status
     * @param requestId the Gateway's request id, if it sent one
     */
    public GatewayAuthException(String code, String message, int status, @Nullable String requestId) {
        super(code, message);
        this.status = status;
        this.requestId = requestId;
    }

    /** The HTTP status of the refusing reply; empty when there was none. */
    public OptionalInt status() {
        return status > 0 ? OptionalInt.of(status) : OptionalInt.empty();
    }

    /** Whether the same exchange may succeed later: true for 429 and for 500, 502, 503 and 504. */
    public boolean retryable() {
        return HarborHttpException.isTransient(status);
    }

    /** The id to quote to Paybond's support, if the Gateway sent one. */
    public @Nullable String requestId() {
        return requestId;
    }
}
