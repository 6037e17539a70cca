package ai.paybond.kit.springai;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardCodes;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Stands where a model asks for a tool that its request does not offer: the answer is a denial, and nothing runs. A name
 * that the guard does not know either is {@code tool.undeclared}; without a guard there is nobody to journal the attempt.
 */
record UnattachedTool(String name, ToolCallBatch batch, GuardResolver guards) implements ToolCallback, ToolDefinition {

    private static final DenyReason NOT_ATTACHED =
            DenyReason.local("tool.not_attached", "The request does not offer a tool of this name.");
    private static final DenyReason UNDECLARED =
            DenyReason.local(GuardCodes.TOOL_UNDECLARED, "The tool is not declared to the guard.");

    @Override
    public String description() {
        return "";
    }

    @Override
    public String inputSchema() {
        return ToolArguments.EMPTY;
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return this;
    }

    @Override
    public String call(String input) {
        return call(input, null);
    }

    @Override
    public String call(String input, @Nullable ToolContext context) {
        String callId = batch.takeId(name, ToolArguments.orEmpty(input));
        ToolOutcome.Refused<String> refused = refusal(CapabilityToolCallback.guardFor(guards, context), callId, input);
        batch.settled(refused);
        CapabilityToolCallback.tell(guards, context, GuardedCall.of(name, callId, refused));
        return ModelText.of(refused.decision());
    }

    private ToolOutcome.Refused<String> refusal(@Nullable ToolGuard guard, @Nullable String callId, String input) {
        if (guard == null) {
            return new ToolOutcome.Refused<>(Decision.Denied.because(NOT_ATTACHED));
        }
        DenyReason reason = guard.tools().find(name).isPresent() ? NOT_ATTACHED : UNDECLARED;
        return guard.refuse(name, callId, input, reason);
    }
}
