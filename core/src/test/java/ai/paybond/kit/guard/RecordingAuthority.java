package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.journal.RecordingTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** An authority that allows everything with a decision of its own, until it is told to answer otherwise. */
final class RecordingAuthority extends RecordingTarget implements ToolAuthority {
    final List<AuthorizationRequest> asked = Collections.synchronizedList(new ArrayList<>());
    volatile Function<AuthorizationRequest, Decision> answer = RecordingAuthority::allowed;

    @Override
    public Decision authorize(AuthorizationRequest request) {
        asked.add(request);
        return answer.apply(request);
    }

    static Decision allowed(AuthorizationRequest request) {
        return new Decision.Allowed("audit-1", "decision-" + request.callId(), 10_000L);
    }

    static Decision denied(AuthorizationRequest request) {
        return new Decision.Denied(DenyReason.remote("budget_exceeded", "no money left"), "audit-2", null);
    }

    static Decision held(AuthorizationRequest request) {
        return new Decision.ApprovalRequired(
                "approval-1", "decision-1", DenyReason.remote("approval_required", "ask a person"));
    }
}
