package ai.paybond.kit.examples.openai;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A refusal in OpenAI's error shape: {@code {"error": {"message", "type", "param", "code"}}}. */
final class OpenAiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final @Nullable String param;
    private final @Nullable String code;

    private OpenAiException(int status, String message, @Nullable String param, @Nullable String code) {
        super(message);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    static OpenAiException badRequest(String param, String message) {
        return new OpenAiException(400, message, param, null);
    }

    static OpenAiException badBody(String message) {
        return new OpenAiException(400, message, null, null);
    }

    static OpenAiException unauthorized() {
        return new OpenAiException(401, "You did not provide an API key.", null, "invalid_api_key");
    }

    static OpenAiException unknownModel(String model) {
        return new OpenAiException(404, "The model '" + model + "' does not exist.", null, "model_not_found");
    }

    static OpenAiException unknownUrl(String method, String path) {
        return new OpenAiException(404, "Unknown request URL: " + method + " " + path, null, "unknown_url");
    }

    static OpenAiException offScript() {
        return new OpenAiException(400, "No step of the scenario fits this conversation.", "messages", "off_script");
    }

    int status() {
        return status;
    }

    JsonObject toJson() {
        JsonObject error = JsonObject.builder()
                .put("message", getMessage())
                .put("type", INVALID_REQUEST)
                .put("param", param)
                .put("code", code)
                .build();
        return JsonObject.builder().put("error", error).build();
    }
}
