package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a request is answered with: JSON, or a file instead of it. {@code passing} when it says nothing of the request itself. */
public record Reply(int status, JsonObject body, Map<String, String> headers, Optional<Content> file, boolean passing) {

    /** Bytes of some type that is not JSON. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(String type, byte[] bytes) {}

    public Reply {
        headers = Map.copyOf(headers);
    }

    public Reply(int status, JsonObject body, Map<String, String> headers) {
        this(status, body, headers, Optional.empty(), false);
    }

    public static Reply ok(JsonObject body) {
        return of(200, body);
    }

    public static Reply of(int status, JsonObject body) {
        return new Reply(status, body, Map.of());
    }

    public static Reply file(String type, byte[] bytes) {
        return new Reply(200, JsonObject.builder().build(), Map.of(), Optional.of(new Content(type, bytes)), false);
    }

    public Reply withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    public Reply withHeaders(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Reply(status, body, all, file, passing);
    }

    /** An answer to this attempt, which another one may do better than. */
    public Reply asPassing() {
        return new Reply(status, body, headers, file, true);
    }

    /** Whether the same request may be answered differently later: a challenge, a poll, a fault of ours. */
    boolean isFinal() {
        return !passing && status < 500 && status != 401 && status != 402 && status != 202 && file.isEmpty();
    }
}
