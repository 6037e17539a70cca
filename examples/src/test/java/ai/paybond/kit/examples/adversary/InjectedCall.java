package ai.paybond.kit.examples.adversary;

import ai.paybond.kit.wire.json.JsonObject;

/**
 * A call that a model was talked into.
 *
 * @param arguments what the model writes, which need not be JSON
 */
record InjectedCall(String id, String tool, String arguments) {

    JsonObject toScript() {
        return JsonObject.builder()
                .put("id", id)
                .put("tool", tool)
                .put("arguments", arguments)
                .build();
    }
}
