package ai.paybond.kit.springai;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolOutcome;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** Stands where a model asks for a tool that its request does not offer: the answer is a denial, and nothing runs. */
record UnattachedTool(String name, ToolCallBatch batch) implements ToolCallback, ToolDefinition {

    static final String CODE = "tool.not_attached";

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
        DenyReason reason = DenyReason.local(CODE, "The request does not offer a tool of this name.");
        Decision.Denied denied = Decision.Denied.because(reason);
        batch.settled(new ToolOutcome.Refused<>(denied));
        return ModelText.of(denied);
    }
}
