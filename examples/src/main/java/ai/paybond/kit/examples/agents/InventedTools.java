package ai.paybond.kit.examples.agents;

import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.function.Function;

/**
 * Answers calls of tools that do not exist. LangChain4j's own answer is an exception that ends the work; this one asks
 * the guard, which refuses, keeps the attempt, and lets the model go on.
 */
record InventedTools(ToolGuard guard) implements Function<ToolExecutionRequest, ToolExecutionResultMessage> {
    @Override
    public ToolExecutionResultMessage apply(ToolExecutionRequest request) {
        ToolOutcome<String> outcome = guard.call(request.name(), request.id(), request.arguments(), call -> {
            throw new IllegalStateException("declared to the guard, but not given to the AI service");
        });
        String text = outcome instanceof ToolOutcome.Refused<String> refused
                ? ModelText.of(refused.decision())
                : "There is no such tool.";
        return ToolExecutionResultMessage.from(request, text);
    }
}
