package ai.paybond.kit.springai;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.SpendHold;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.tool.ToolCallback;

/** An authority with a budget of 1,000 cents that remembers what it was asked, for tests of other packages too. */
public final class Registers implements ToolAuthority {

    private final List<String> asked = new ArrayList<>();
    private long reservedCents;

    public ToolGuard guard(ToolRegistry tools) {
        return TestGuards.guard(tools, this);
    }

    public ToolCallback guarded(ToolCallback tool, ToolGuard guard) {
        return CapabilityToolCallback.guard(tool, GuardResolver.fixed(guard));
    }

    public synchronized long reservedCents() {
        return reservedCents;
    }

    /** The operations, in order. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized Decision authorize(AuthorizationRequest request) {
        asked.add(request.operation());
        if (reservedCents + request.spendCents() > 1_000) {
            return Decision.Denied.because(DenyReason.remote("budget_exceeded", "over the budget"));
        }
        reservedCents += request.spendCents();
        return new Decision.Allowed("audit-1", "decision-" + request.callId(), null);
    }

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {}

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        throw new UnsupportedOperationException("these tools prove nothing");
    }
}
