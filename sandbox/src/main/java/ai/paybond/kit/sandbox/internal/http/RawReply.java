package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param lost whether the connection is closed instead, so that the caller never learns of it
 */
public record RawReply(int status, String contentType, byte[] body, Map<String, String> headers, boolean lost) {

    public RawReply {
        headers = Map.copyOf(headers);
    }

    public static RawReply json(int status, JsonValue json) {
        byte[] body = json.toJson().getBytes(StandardCharsets.UTF_8);
        return new RawReply(status, "application/json", body, Map.of(), false);
    }

    /** The connection is closed without an answer. */
    public static RawReply none() {
        return new RawReply(0, "", new byte[0], Map.of(), true);
    }

    public RawReply withHeader(String name, String value) {
        return new RawReply(status, contentType, body, Map.of(name, value), lost);
    }
}
