package ai.paybond.kit.springai;

import ai.paybond.kit.guard.ToolOutcome;
import java.util.List;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * What a batch of guarded tool calls came to. Host code that runs its own loop casts to this type to see the receipts.
 *
 * @param conversationHistory the messages so far, the tools' answers last
 * @param returnDirect whether the answers go to the caller instead of the model; false as soon as one of them is the
 *     guard's own text, which is written for the model and not for an end user
 * @param outcomes what became of each call, in the order in which they finished
 */
public record GuardedToolExecutionResult(
        List<Message> conversationHistory, boolean returnDirect, List<ToolOutcome<String>> outcomes)
        implements ToolExecutionResult {

    /** Copies the outcomes. */
    public GuardedToolExecutionResult {
        outcomes = List.copyOf(outcomes);
    }

    static GuardedToolExecutionResult of(ToolExecutionResult result, List<ToolOutcome<String>> outcomes) {
        if (result instanceof GuardedToolExecutionResult guarded) {
            return guarded;
        }
        boolean direct = result.returnDirect() && outcomes.stream().allMatch(GuardedToolExecutionResult::isToolsOwn);
        return new GuardedToolExecutionResult(result.conversationHistory(), direct, outcomes);
    }

    private static boolean isToolsOwn(ToolOutcome<String> outcome) {
        return outcome instanceof ToolOutcome.Executed<String>
                || (outcome instanceof ToolOutcome.Failed<String> failed && !failed.inDoubt());
    }
}
