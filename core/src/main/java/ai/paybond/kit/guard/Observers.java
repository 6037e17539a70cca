package ai.paybond.kit.guard;

import java.util.List;
import java.util.Objects;

/** Who watches a guard's calls. */
final class Observers {
    private final List<CallObserver> observers;
    private final String intentId;

    Observers(List<CallObserver> observers, String intentId) {
        this.observers = List.copyOf(observers);
        this.intentId = intentId;
    }

    ResolvedCall watched(ResolvedCall call) {
        ToolDeclaration tool = call.tool();
        return call.watchedBy(begin(call.key().callId(), tool.toolName(), tool.operation()));
    }

    /** A call that names no declared tool, or cannot be read. */
    CallWatch unresolved(ToolCall call) {
        return begin(Objects.requireNonNullElse(call.callId(), ""), ObservedCall.UNDECLARED, ObservedCall.UNDECLARED);
    }

    private CallWatch begin(String callId, String toolName, String operation) {
        return CallWatch.begin(observers, new ObservedCall(intentId, callId, toolName, operation));
    }
}
