package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the backend said with an error status. Only status and code are fit for logs: the texts are the backend's own and may
 * repeat what was sent, so {@link #toString()} leaves them out.
 *
 * @param code the backend's code such as {@code BCK.X402.0005}, or {@code http_<status>} when it sent none that can be read
 * @param retryable whether the backend says that the same request may succeed later; false if it does not say
 */
public record BackendError(
        int status,
        String code,
        @Nullable String message,
        @Nullable String hint,
        @Nullable String details,
        @Nullable String docsUrl,
        @Nullable String category,
        boolean retryable,
        @Nullable String correlationId) {
    /** Short, so that neither a key nor a token fits, whatever a server echoes. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,59}");

    /** Reads an error reply; anything that is not the backend's envelope gives {@code http_<status>}. Never fails. */
    public static BackendError of(int status, byte[] body) {
        try {
            return of(status, JsonObject.parse(body));
        } catch (WireException e) {
            return of(status, JsonObject.builder().build());
        }
    }

    private static BackendError of(int status, JsonObject body) {
        return new BackendError(
                status,
                body.string("code").filter(code -> CODE.matcher(code).matches()).orElse("http_" + status),
                body.string("message").orElse(null),
                body.string("hint").orElse(null),
                body.string("details").orElse(null),
                body.string("docsUrl").orElse(null),
                body.string("category").orElse(null),
                body.bool("retryable").orElse(false),
                body.string("correlationId").orElse(null));
    }

    /** Message, hint, details and status in one line, for a person. Do not log it. */
    public String describe() {
        return (message == null ? code : message)
                + (hint == null ? "" : " — " + hint)
                + (details == null ? "" : " (" + details + ")")
                + " (HTTP " + status + ")";
    }

    /** Status, code and whether to retry. */
    @Override
    public String toString() {
        return "BackendError[status=" + status + ", code=" + code + ", retryable=" + retryable + "]";
    }
}
