package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolOutcome;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says to LangChain4j what became of a guarded call.
 *
 * <p>Whatever the model can act on is an error result: it keeps the turn alive, the chat memory whole, and an
 * immediately returning tool from ending the turn without an answer.
 */
final class GuardedResults {
    private GuardedResults() {}

    static ToolExecutionResult of(ToolOutcome<ToolExecutionResult> outcome, @Nullable String callId) {
        if (outcome instanceof ToolOutcome.Executed<ToolExecutionResult> executed) {
            ToolExecutionResult result = executed.result();
            return ReceiptAttributes.addTo(result == null ? text(null) : result, executed.receipt());
        }
        if (outcome instanceof ToolOutcome.Refused<ToolExecutionResult> refused) {
            return denied(refused.decision());
        }
        if (outcome instanceof ToolOutcome.Held<ToolExecutionResult> held) {
            return held(held.decision(), callId);
        }
        return failed((ToolOutcome.Failed<ToolExecutionResult>) outcome);
    }

    static ToolExecutionResult denied(Decision.Denied decision) {
        return error(
                ModelText.of(decision),
                Map.of(ReceiptAttributes.CODE, decision.reason().code()));
    }

    static ToolExecutionResult held(Decision.ApprovalRequired decision, @Nullable String callId) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(ReceiptAttributes.CODE, decision.reason().code());
        if (callId != null) {
            attributes.put(ReceiptAttributes.CALL_ID, callId);
        }
        if (decision.approvalRequestId() != null) {
            attributes.put(ReceiptAttributes.APPROVAL_REQUEST_ID, decision.approvalRequestId());
        }
        return error(ModelText.of(decision), attributes);
    }

    static ToolExecutionResult text(@Nullable String text) {
        return ToolExecutionResult.builder().resultText(String.valueOf(text)).build();
    }

    private static ToolExecutionResult failed(ToolOutcome.Failed<ToolExecutionResult> failed) {
        Throwable thrown = failed.thrown();
        if (thrown instanceof Error) {
            throw GuardedResults.<RuntimeException>asThrown(thrown);
        }
        if (failed.inDoubt()) {
            return error(ModelText.inDoubt(), ReceiptAttributes.of(failed.receipt()));
        }
        if (thrown instanceof ToolErrorResultException answered) {
            return ReceiptAttributes.addTo(answered.result(), failed.receipt());
        }
        if (thrown instanceof ArgumentsNotTakenException refused) {
            throw refused.original();
        }
        throw GuardedResults.<RuntimeException>asThrown(thrown);
    }

    static ToolExecutionResult error(String text, Map<String, Object> attributes) {
        return ToolExecutionResult.builder()
                .isError(true)
                .resultText(text)
                .attributes(attributes)
                .build();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asThrown(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
