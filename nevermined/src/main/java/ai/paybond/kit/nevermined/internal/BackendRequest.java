package ai.paybond.kit.nevermined.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, without its headers.
 *
 * @param segments the path's segments, not yet escaped
 * @param json the body, or null for a request without one
 * @param isPublic whether the route is served without credential
 */
public record BackendRequest(
        String method,
        List<String> segments,
        Map<String, String> query,
        @Nullable String json,
        boolean isPublic) {
    public BackendRequest {
        segments = List.copyOf(segments);
        query = new LinkedHashMap<>(query);
    }

    /** A read. */
    public static BackendRequest get(boolean isPublic, Map<String, String> query, String... segments) {
        return new BackendRequest("GET", List.of(segments), query, null, isPublic);
    }

    /** A write. */
    public static BackendRequest post(String json, String... segments) {
        return new BackendRequest("POST", List.of(segments), Map.of(), json, false);
    }

    /** A replacement. */
    public static BackendRequest put(String json, String... segments) {
        return new BackendRequest("PUT", List.of(segments), Map.of(), json, false);
    }

    /** A removal. */
    public static BackendRequest delete(String... segments) {
        return new BackendRequest("DELETE", List.of(segments), Map.of(), null, false);
    }

    /** Method and path; no query, no body. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", segments);
    }
}
