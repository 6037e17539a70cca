package ai.paybond.kit.journal;

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
}
