package ai.paybond.kit.benchmarks;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import java.util.concurrent.atomic.AtomicLong;

/** Grants every spend at once and takes all evidence, so that only the guard's own work is measured. */
final class GrantingAuthority implements ToolAuthority {
    private final AtomicLong decisions = new AtomicLong();

    @Override
    public Decision authorize(AuthorizationRequest request) {
        return new Decision.Allowed("audit", "decision-" + decisions.incrementAndGet(), 1_000_000L);
    }

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {}

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        return new DeliveryReceipt("evidence_submitted", true);
    }
}
