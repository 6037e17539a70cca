package ai.paybond.kit.springai;

import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What the guard made of one tool call. It holds neither arguments nor results, so it may be logged.
 *
 * @param toolName the tool as the model named it
 * @param callId the id of the call; null when a call without an id did not run
 * @param decision why the tool did not run, or what a person has to approve first; null when it ran
 * @param receipt how the call stands; null when the tool did not run
 */
public record GuardedCall(
        String toolName,
        @Nullable String callId,
        @Nullable Decision decision,
        @Nullable CallReceipt receipt) {

    static GuardedCall of(String toolName, @Nullable String callId, ToolOutcome<?> outcome) {
        if (outcome instanceof ToolOutcome.Executed<?> executed) {
            return ran(toolName, executed.receipt());
        }
        if (outcome instanceof ToolOutcome.Failed<?> failed) {
            return ran(toolName, failed.receipt());
        }
        return outcome instanceof ToolOutcome.Held<?> held
                ? new GuardedCall(toolName, callId, held.decision(), null)
                : new GuardedCall(toolName, callId, ((ToolOutcome.Refused<?>) outcome).decision(), null);
    }

    private static GuardedCall ran(String toolName, CallReceipt receipt) {
        return new GuardedCall(toolName, receipt.callId(), null, receipt);
    }

    /** Whether the tool ran, well or not. */
    public boolean ran() {
        return receipt != null;
    }
}
