package ai.paybond.kit.langchain4j;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authority with one budget, that can be told to refuse, to hold, or to lose evidence. */
final class FakeAuthority implements ToolAuthority {
    final List<AuthorizationRequest> asked = new CopyOnWriteArrayList<>();
    final List<SpendOutcome> completed = new CopyOnWriteArrayList<>();
    final List<EvidenceEnvelope> delivered = new CopyOnWriteArrayList<>();
    private final long budgetCents;
    private long reserved;
    private boolean needsApproval;
    private boolean losesEvidence;

    FakeAuthority(long budgetCents) {
        this.budgetCents = budgetCents;
    }

    FakeAuthority needingApproval() {
        needsApproval = true;
        return this;
    }

    void approving() {
        needsApproval = false;
    }

    FakeAuthority losingEvidence() {
        losesEvidence = true;
        return this;
    }

    synchronized long reservedCents() {
        return reserved;
    }

    @Override
    public synchronized Decision authorize(AuthorizationRequest request) {
        asked.add(request);
        if (needsApproval) {
            DenyReason reason = DenyReason.remote("approval_required", "a person has to approve this");
            return new Decision.ApprovalRequired("approval-1", "decision-held", reason);
        }
        if (reserved + request.spendCents() > budgetCents) {
            return Decision.Denied.because(DenyReason.remote("budget_exceeded", "the budget does not cover this"));
        }
        reserved += request.spendCents();
        return new Decision.Allowed("audit-" + asked.size(), "decision-" + asked.size(), budgetCents - reserved);
    }

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {
        completed.add(outcome);
    }

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        if (losesEvidence) {
            throw new IllegalStateException("the evidence endpoint is down");
        }
        delivered.add(evidence);
        return new DeliveryReceipt("evidence_submitted", true);
    }
}
