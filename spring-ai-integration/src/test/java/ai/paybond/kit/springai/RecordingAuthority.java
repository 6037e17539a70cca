package ai.paybond.kit.springai;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An authority in memory: allows what was not set to be refused, and keeps what it was asked. */
final class RecordingAuthority implements ToolAuthority {

    private final List<AuthorizationRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<SpendOutcome> completed = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Decision> decisions = new HashMap<>();

    /** Refuses the calls of these ids. */
    RecordingAuthority refusing(String... callIds) {
        for (String callId : callIds) {
            decisions.put(callId, Decision.Denied.because(DenyReason.remote("budget_exceeded", "over the budget")));
        }
        return this;
    }

    RecordingAuthority holding(String callId) {
        DenyReason reason = DenyReason.remote("approval_required", "a person has to approve");
        decisions.put(callId, new Decision.ApprovalRequired("apr_1", null, reason));
        return this;
    }

    @Override
    public Decision authorize(AuthorizationRequest request) {
        requests.add(request);
        Decision allowed = new Decision.Allowed("audit-1", "decision-" + requests.size(), null);
        return decisions.getOrDefault(request.callId(), allowed);
    }

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {
        completed.add(outcome);
    }

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        throw new UnsupportedOperationException("these tools prove nothing");
    }

    List<AuthorizationRequest> requests() {
        return requests;
    }

    List<String> callIds() {
        return requests.stream().map(AuthorizationRequest::callId).toList();
    }

    List<SpendOutcome> completed() {
        return completed;
    }
}
