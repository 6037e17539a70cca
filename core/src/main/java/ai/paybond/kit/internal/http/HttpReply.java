package ai.paybond.kit.internal.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One complete reply, of bounded size. Header names are looked up without regard to case. */
public final class HttpReply {
    private static final Pattern RETRY_AFTER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    HttpReply(int status, Map<String, List<String>> lowerCaseHeaders, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(lowerCaseHeaders);
        this.body = body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the status is 2xx. */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** The last header of that name. */
    public @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.isEmpty() ? null : lines.get(lines.size() - 1);
    }

    /** Every header of that name, in the order received. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** What {@code Retry-After} asks for in seconds, at most a day. A date would be read against a clock that is not shared. */
    public Optional<Duration> retryAfter() {
        String text = header("retry-after");
        if (text == null || !RETRY_AFTER.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        double seconds = Math.min(Double.parseDouble(text.strip()), 86_400);
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    /** The body's bytes; a copy. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8 text, malformed bytes replaced. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The status and the size; never the body. */
    @Override
    public String toString() {
        return "HttpReply[status=" + status + ", bytes=" + body.length + "]";
    }
}
