package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.json.JsonObject;

/** A request that is refused, with the code the caller is told. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static void unless(boolean fulfilled, int status, String code, String message) {
        if (!fulfilled) {
            throw new Refusal(status, code, message);
        }
    }

    static Refusal notFound() {
        return new Refusal(404, "not_found", "There is no such object for this agent.");
    }

    static Refusal invalid(String message) {
        return new Refusal(422, "validation_error", message);
    }

    /** Refused by the owner's policy. */
    static Refusal policy(String rule) {
        return new Refusal(400, "policy_denied:" + rule, "The owner's policy forbids it.");
    }

    int status() {
        return status;
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("error", code)
                .put("code", code)
                .put("detail", code)
                .put("message", String.valueOf(getMessage()))
                .build();
    }
}
