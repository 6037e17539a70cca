package ai.paybond.kit.guard;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call that an agent wants to make.
 *
 * @param toolName the tool as the host names it
 * @param callId the host's id of this call; a blank one counts as none, and a call without one is never taken for a repetition
 * @param arguments what the tool would be called with
 */
public record ToolCall(String toolName, @Nullable String callId, JsonObject arguments) {
    public ToolCall {
        Objects.requireNonNull(toolName, "toolName");
        Objects.requireNonNull(arguments, "arguments");
        callId = callId == null || callId.isBlank() ? null : callId;
    }

    /** See the record's components. */
    public static ToolCall of(String toolName, @Nullable String callId, JsonObject arguments) {
        return new ToolCall(toolName, callId, arguments);
    }

    /**
     * Reads the arguments strictly: one JSON object, no duplicate names, bounded in size and depth.
     *
     * @throws ai.paybond.kit.wire.json.JsonException when the text is anything else;
     *     {@link ToolGuard#call(String, String, String, ToolBody)} turns that into a refusal
     */
    public static ToolCall parse(String toolName, @Nullable String callId, String argumentsJson) {
        return new ToolCall(toolName, callId, JsonObject.parse(argumentsJson));
    }

    /** The same call under an id. */
    ToolCall withId(String id) {
        return new ToolCall(toolName, id, arguments);
    }

    /** Leaves the values of the arguments out, and is one line whatever the model wrote. */
    @Override
    public String toString() {
        JsonObject shown = JsonObject.builder()
                .put("tool", toolName)
                .put("call", callId)
                .put("arguments", arguments.members().keySet())
                .build();
        return "ToolCall" + shown.toJson();
    }
}
