package ai.paybond.kit.paegents.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One complete reply, of bounded size.
 *
 * @param headers by lower-case name
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {

    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** Whether the status is 2xx. */
    public boolean isSuccessful() {
        return status >= 200 && status < 300;
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /** The status and the size; never a header or the body. */
    @Override
    public String toString() {
        return "HttpReply[status=" + status + ", bytes=" + body.length + "]";
    }
}
