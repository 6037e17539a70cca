package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A refusal that the caller is told about, in one of the two error shapes that clients understand. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient JsonObject error;
    private final boolean flat;

    private ApiException(int status, JsonObject error, boolean flat) {
        super(error.string("message").orElse(""), null, false, false);
        this.status = status;
        this.error = error;
        this.flat = flat;
    }

    /** The usual shape, {@code {"error":{"code","message"},"request_id"}}. */
    public static ApiException nested(int status, String code, String message) {
        return nested(status, code, message, null);
    }

    public static ApiException nested(int status, String code, String message, @Nullable JsonObject details) {
        JsonObject.Builder error = JsonObject.builder().put("code", code).put("message", message);
        return new ApiException(status, error.putIfPresent("details", details).build(), false);
    }

    /** The nested shape with further members inside {@code error}. */
    public static ApiException nested(int status, JsonObject error) {
        return new ApiException(status, error, false);
    }

    /** The shape of recognition failures, {@code {"error":"code","message"}}. */
    public static ApiException flat(int status, String code, String message) {
        return new ApiException(
                status,
                JsonObject.builder().put("code", code).put("message", message).build(),
                true);
    }

    public static ApiException invalid(String message) {
        return nested(400, "validation_error", message);
    }

    /** A miss; worded alike whether the thing is another tenant's or does not exist. */
    public static ApiException notFound() {
        return nested(404, "not_found", "There is no such object in this tenant.");
    }

    public int status() {
        return status;
    }

    public String code() {
        return error.string("code").orElse("");
    }

    Reply reply(String requestId) {
        if (flat) {
            return Reply.of(
                    status,
                    JsonObject.builder()
                            .put("error", error.get("code"))
                            .put("message", error.get("message"))
                            .build());
        }
        return Reply.of(
                status,
                JsonObject.builder()
                        .put("error", error)
                        .put("request_id", requestId)
                        .build());
    }
}
