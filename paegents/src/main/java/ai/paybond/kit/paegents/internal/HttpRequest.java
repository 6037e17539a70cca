package ai.paybond.kit.paegents.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request, however often it is sent.
 *
 * @param segments the path's segments below the base address, not yet escaped
 * @param headers made anew for every attempt, such as a nonce
 * @param json the body, the same in every attempt; null for none
 * @param repeatable whether sending it twice does no harm
 */
public record HttpRequest(
        String method,
        List<String> segments,
        Map<String, String> query,
        Supplier<Map<String, String>> headers,
        @Nullable String json,
        boolean repeatable) {

    public HttpRequest {
        segments = List.copyOf(segments);
        query = new LinkedHashMap<>(query);
    }

    /** Method and path; no query, no header, no body. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", segments);
    }
}
