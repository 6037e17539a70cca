package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Harbor or the Gateway answered with an error status, and attempts were used up or pointless. {@link #code()} is the
 * server's own error code, or {@code http_<status>} when it sent none that can be read.
 *
 * <p>The message names method, path, status and code. The reply's body is kept out of it on purpose.
 */
public final class HarborHttpException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private static final Set<Integer> TRANSIENT = Set.of(429, 500, 502, 503, 504);

    private final int status;
    private final String method;
    private final String path;
    private final @Nullable String requestId;
    private final @Nullable String harborCode;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    /** As the other constructor, for an error that the Gateway did not pass on from Harbor. */
    public HarborHttpException(
            int status, String code, String method, String path, @Nullable String requestId, boolean retryable) {
        this(status, code, null, method, path, requestId, retryable);
    }

    /**
     * @param status the HTTP status
     * @param code the server's error code
     * @param harborCode Harbor's own code, when the Gateway passed one on
     * @param method the request's method
     * @param path the request's path without query
     * @param requestId the server's request id, if it sent one
     * @param retryable whether the same request may succeed later
     */
    public HarborHttpException(
            int status,
            String code,
            @Nullable String harborCode,
            String method,
            String path,
            @Nullable String requestId,
            boolean retryable) {
        this(status, code, harborCode, method, path, requestId, retryable, null);
    }

    /**
     * As the other constructor, with what the server asks of those who come again.
     *
     * @param retryAfter how long to wait at least, if the server said so
     */
    public HarborHttpException(
            int status,
            String code,
            @Nullable String harborCode,
            String method,
            String path,
            @Nullable String requestId,
            boolean retryable,
            @Nullable Duration retryAfter) {
        super(code, message(status, code, harborCode, method, path, requestId));
        this.status = status;
        this.harborCode = harborCode;
        this.method = method;
        this.path = path;
        this.requestId = requestId;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    static boolean isTransient(int status) {
        return TRANSIENT.contains(status);
    }

    private static String message(
            int status,
            String code,
            @Nullable String harborCode,
            String method,
            String path,
            @Nullable String requestId) {
        return method + " " + path + " was answered " + status + " " + code
                + (harborCode == null ? "" : " (" + harborCode + ")")
                + (requestId == null ? "" : ", request " + requestId);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Harbor's own code, such as {@code predicate_error}, when the Gateway answered for it and passed it on. */
    public @Nullable String harborCode() {
        return harborCode;
    }

    /** The request's method. */
    public String method() {
        return method;
    }

    /** The request's path, without query. */
    public String path() {
        return path;
    }

    /** The id to quote to Paybond's support, if the server sent one. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** Whether the same request may succeed later: true for 429 and for 500, 502, 503 and 504. */
    public boolean retryable() {
        return retryable;
    }

    /** How long the server wants to be left alone, if it said so in seconds; at most a day. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
