package ai.paybond.kit.journal;

import ai.paybond.kit.wire.json.JsonString;
import java.util.Objects;

/**
 * What makes two tool calls the same call.
 *
 * @param intentId the intent that pays
 * @param callId the tool call's id
 */
public record CallKey(String intentId, String callId) {
    public CallKey {
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(callId, "callId");
    }

    /** One line, whatever the model or the host took for an id. */
    @Override
    public String toString() {
        return intentId + "/" + new JsonString(callId).toJson();
    }
}
