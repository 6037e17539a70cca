package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;

/** What a request is answered with. */
public record Reply(int status, JsonObject body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply ok(JsonObject body) {
        return of(200, body);
    }

    public static Reply of(int status, JsonObject body) {
        return new Reply(status, body, Map.of());
    }

    public Reply withHeader(String name, String value) {
        return new Reply(status, body, Map.of(name, value));
    }

    /** Whether the same request may be answered differently later: a challenge, a poll, a fault of ours. */
    boolean isFinal() {
        return status < 500 && status != 401 && status != 402 && status != 202;
    }
}
