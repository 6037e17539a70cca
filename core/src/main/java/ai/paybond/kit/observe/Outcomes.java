package ai.paybond.kit.observe;

import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;

/** What an outcome is called in metrics and traces. */
final class Outcomes {
    static final String NO_CODE = "none";

    private Outcomes() {}

    static String nameOf(ToolOutcome<?> outcome) {
        if (outcome instanceof Executed<?> executed) {
            return executed.receipt().replayed() ? "replayed" : "executed";
        }
        if (outcome instanceof Failed<?> failed) {
            return failed.inDoubt() ? "in_doubt" : "failed";
        }
        return outcome instanceof Held ? "held" : "refused";
    }

    static String codeOf(ToolOutcome<?> outcome) {
        if (outcome instanceof Refused<?> refused) {
            return refused.decision().reason().code();
        }
        return outcome instanceof Held<?> held ? held.decision().reason().code() : NO_CODE;
    }
}
