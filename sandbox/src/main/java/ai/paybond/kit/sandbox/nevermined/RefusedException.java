package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonObject;

/** A request that is answered with the backend's error envelope. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    RefusedException(int status, String code, String text) {
        super(text);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static RefusedException invalid(String text) {
        return new RefusedException(400, "BCK.PROTOCOL.0001", text);
    }

    int status() {
        return status;
    }

    JsonObject envelope() {
        return JsonObject.builder()
                .put("code", code)
                .put("message", text)
                .put("retryable", status == 503)
                .build();
    }
}
