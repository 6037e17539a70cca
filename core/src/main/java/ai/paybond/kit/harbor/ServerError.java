package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error reply says, in either of the two shapes Paybond uses:
 * {@code {"error":{"code","harbor_code"},"request_id"}} and {@code {"error":"code"}}. Reading never fails.
 *
 * @param code the server's code, or {@code http_<status>}
 * @param harborCode Harbor's own code behind a Gateway's
 * @param requestId the id to quote
 */
record ServerError(
        String code, @Nullable String harborCode, @Nullable String requestId) {
    /** Short and lower-case: neither an API key, nor a token, nor a seed fits, whatever a server echoes. */
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_.-]{0,59}");

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,60}");

    static ServerError of(HttpReply reply) {
        JsonObject body = parse(reply);
        Optional<JsonObject> nested = body.object("error");
        String code = nested.flatMap(error -> error.string("code"))
                .or(() -> body.string("error"))
                .filter(text -> CODE.matcher(text).matches())
                .orElse("http_" + reply.status());
        String harborCode = nested.flatMap(error -> error.string("harbor_code"))
                .filter(text -> CODE.matcher(text).matches())
                .orElse(null);
        return new ServerError(code, harborCode, requestId(reply, body));
    }

    private static @Nullable String requestId(HttpReply reply, JsonObject body) {
        return body.string("request_id")
                .or(() -> Optional.ofNullable(reply.header("x-request-id")))
                .filter(text -> REQUEST_ID.matcher(text).matches())
                .orElse(null);
    }

    private static JsonObject parse(HttpReply reply) {
        try {
            return JsonObject.parse(reply.body());
        } catch (JsonException e) {
            return JsonObject.builder().build();
        }
    }
}
