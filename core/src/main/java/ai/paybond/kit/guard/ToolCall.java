package ai.paybond.kit.guard;

import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.SignedApproval;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call that an agent wants to make.
 *
 * @param toolName the tool as the host names it
 * @param callId the host's id of this call; a blank one counts as none, and a call without one is never taken for a repetition
 * @param arguments what the tool would be called with
 * @param deadline from when on the call must not start any more; null when it may start at any time. Says nothing about how
 *     long the tool then runs, and is no part of what is repeated or approved
 * @param credentials what the caller brings for this one call, beside the guard's capability
 */
public record ToolCall(
        String toolName,
        @Nullable String callId,
        JsonObject arguments,
        @Nullable Instant deadline,
        CallCredentials credentials) {
    public ToolCall {
        Objects.requireNonNull(toolName, "toolName");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(credentials, "credentials");
        callId = callId == null || callId.isBlank() ? null : callId;
    }

    /** A call for which the caller brings nothing. */
    public ToolCall(String toolName, @Nullable String callId, JsonObject arguments, @Nullable Instant deadline) {
        this(toolName, callId, arguments, deadline, CallCredentials.NONE);
    }

    /** See the record's components. */
    public static ToolCall of(String toolName, @Nullable String callId, JsonObject arguments) {
        return new ToolCall(toolName, callId, arguments, null);
    }

    /**
     * Reads the arguments strictly: one JSON object, no duplicate names, bounded in size and depth.
     *
     * @throws ai.paybond.kit.wire.json.JsonException when the text is anything else;
     *     {@link ToolGuard#call(String, String, String, ToolBody)} turns that into a refusal
     */
    public static ToolCall parse(String toolName, @Nullable String callId, String argumentsJson) {
        return new ToolCall(toolName, callId, JsonObject.parse(argumentsJson), null);
    }

    /** The same call, to be started before a moment or not at all. */
    public ToolCall withDeadline(@Nullable Instant moment) {
        return new ToolCall(toolName, callId, arguments, moment, credentials);
    }

    /** The same call with the signature of the capability's holder over it, from an agent that keeps the key to itself. */
    public ToolCall provedBy(HolderProof proof) {
        return with(new CallCredentials(proof, credentials.approval()));
    }

    /** The same call with an approver's answer to it, as a block for the guard's capability. */
    public ToolCall approvedBy(SignedApproval approval) {
        return with(new CallCredentials(credentials.proof(), approval));
    }

    /** The same call with other credentials instead. */
    ToolCall with(CallCredentials others) {
        return new ToolCall(toolName, callId, arguments, deadline, others);
    }

    /** The same call under an id. */
    ToolCall withId(String id) {
        return new ToolCall(toolName, id, arguments, deadline, credentials);
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
