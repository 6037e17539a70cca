package ai.paybond.kit.langchain4j;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardCodes;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.Objects;
import java.util.function.Function;

/** Refuses calls of tools that an AI service does not have: the model invented them, or they were never given to it. */
final class OtherTools implements Function<ToolExecutionRequest, ToolExecutionResultMessage> {
    private static final DenyReason UNDECLARED =
            DenyReason.local(GuardCodes.TOOL_UNDECLARED, "the tool is not declared to the guard");
    private static final DenyReason NOT_ATTACHED =
            DenyReason.local("tool.not_attached", "the AI service was not given this tool");

    private final ToolGuard guard;

    OtherTools(ToolGuard guard) {
        this.guard = Objects.requireNonNull(guard, "guard");
    }

    @Override
    public ToolExecutionResultMessage apply(ToolExecutionRequest request) {
        boolean known = guard.tools().find(request.name()).isPresent();
        Decision.Denied denied = guard.refuse(
                        request.name(), request.id(), request.arguments(), known ? NOT_ATTACHED : UNDECLARED)
                .decision();
        return ToolExecutionResultMessage.from(request, ModelText.of(denied));
    }
}
