package ai.paybond.kit.examples.agents;

import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardListener;
import ai.paybond.kit.guard.ToolCall;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a guard decides. */
final class DecisionLog implements GuardListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void decided(ToolCall call, Decision decision) {
        lines.add(call.toolName() + " " + describe(decision));
    }

    private static String describe(Decision decision) {
        if (decision instanceof Decision.Denied denied) {
            return denied.reason().code() + " " + denied.reason().origin();
        }
        return decision instanceof Decision.Allowed ? "allowed" : "held";
    }
}
