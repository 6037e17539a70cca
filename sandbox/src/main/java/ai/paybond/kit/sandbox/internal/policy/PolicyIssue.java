package ai.paybond.kit.sandbox.internal.policy;

import ai.paybond.kit.wire.json.JsonObject;

/** Something wrong at a place of a policy; {@code path} is dotted, and empty for the whole document. */
record PolicyIssue(String path, String code, String message) {
    JsonObject toJson() {
        return JsonObject.builder()
                .put("path", path)
                .put("code", code)
                .put("message", message)
                .build();
    }
}
