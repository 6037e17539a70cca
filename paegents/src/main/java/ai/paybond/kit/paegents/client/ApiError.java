package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An error reply: {@code error, code, message, details} or FastAPI's {@code detail}, in whatever mixture it comes. */
record ApiError(int status, String code, String detail, boolean policyDenied, JsonObject body) {
    private static final int MAX_DETAIL = 2_000;
    private static final JsonObject NOTHING = JsonObject.builder().build();
    private static final String POLICY_DENIED = "policy_denied";
    private static final List<String> TEXTS = List.of("code", "error", "message");

    /** Short, so that no secret fits, whatever a server echoes. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,59}(:[A-Za-z0-9_.-]{1,40})?");

    static ApiError of(int status, byte[] bytes) {
        try {
            return of(status, JsonObject.parse(bytes));
        } catch (WireException e) {
            String text = new String(bytes, 0, Math.min(bytes.length, MAX_DETAIL), StandardCharsets.UTF_8);
            return new ApiError(status, "http_" + status, text, mentionsPolicy(text), NOTHING);
        }
    }

    private static ApiError of(int status, JsonObject body) {
        String detail = texts(body).findFirst().orElse("");
        boolean denied = texts(body).anyMatch(ApiError::mentionsPolicy);
        String code = texts(body)
                .filter(text -> CODE.matcher(text).matches())
                .findFirst()
                .orElse("http_" + status);
        return new ApiError(status, denied ? POLICY_DENIED : code, shortened(detail), denied, body);
    }

    /** Every text that may say what went wrong, the most telling first. */
    private static Stream<String> texts(JsonObject body) {
        JsonValue detail = body.get("detail");
        Stream<String> own = detail instanceof JsonString text ? Stream.of(text.value()) : Stream.empty();
        Stream<String> nested = body.object("detail").stream().flatMap(ApiError::named);
        Stream<String> wrapped = body.object("error").stream().flatMap(ApiError::named);
        return Stream.of(own, nested, named(body), wrapped).flatMap(texts -> texts);
    }

    private static Stream<String> named(JsonObject object) {
        return TEXTS.stream().map(object::string).flatMap(Optional::stream);
    }

    private static boolean mentionsPolicy(String text) {
        return text.toLowerCase(Locale.ROOT).contains(POLICY_DENIED);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
    }

    /** Status and code; never the texts. */
    @Override
    public String toString() {
        return "ApiError[status=" + status + ", code=" + code + "]";
    }
}
