package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.store.ApprovalRow;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import java.util.Optional;
import java.util.UUID;

/**
 * The spend policy of the sandbox: above a threshold a person decides. An approval is for one spend of exactly this
 * intent, operation and amount.
 */
public final class Approvals {
    private static final String ABOVE_THRESHOLD = "approval_threshold_exceeded";
    private static final String STILL_PENDING = "approval_required_pending";
    private static final UUID NONE = new UUID(0, 0);

    private final SpendStore store;
    private final long thresholdCents;

    public Approvals(SpendStore store, long thresholdCents) {
        this.store = store;
        this.thresholdCents = thresholdCents;
    }

    /** Empty when the call may go on: it is below the threshold, or brings an approval, which is used up by this. */
    Optional<SpendAnswer> review(SpendRequest request, IntentRow intent, Session session) {
        if (request.spendCents() <= thresholdCents) {
            return Optional.empty();
        }
        Optional<ApprovalRow> approved = request.approvalToken()
                .flatMap(token -> store.approved(
                        session,
                        intent.tenantId(),
                        intent.intentId(),
                        request.operation(),
                        request.spendCents(),
                        token));
        approved.ifPresent(approval -> store.setApproval(session, approval, "used", null));
        return approved.isPresent() ? Optional.empty() : Optional.of(hold(request, intent, session));
    }

    Optional<SpendAnswer> preview(SpendRequest request) {
        return request.spendCents() <= thresholdCents
                ? Optional.empty()
                : Optional.of(new SpendAnswer.Held(NONE, ABOVE_THRESHOLD));
    }

    private SpendAnswer hold(SpendRequest request, IntentRow intent, Session session) {
        Optional<ApprovalRow> pending = store.pendingApproval(
                session, intent.tenantId(), intent.intentId(), request.operation(), request.spendCents());
        if (pending.isPresent()) {
            return new SpendAnswer.Held(pending.get().approvalId(), STILL_PENDING);
        }
        UUID approvalId = UUID.randomUUID();
        store.addApproval(
                session,
                new ApprovalRow(
                        intent.tenantId(),
                        approvalId,
                        intent.intentId(),
                        request.operation(),
                        request.spendCents(),
                        null,
                        "pending"));
        return new SpendAnswer.Held(approvalId, ABOVE_THRESHOLD);
    }

    /** @throws IllegalArgumentException when nothing waits under that id */
    public String approve(Session session, UUID approvalId) {
        ApprovalRow approval = store.approval(session, approvalId)
                .filter(row -> row.status().equals("pending"))
                .orElseThrow(() -> new IllegalArgumentException("No spend waits for this approval."));
        String token = "apr_" + UUID.randomUUID();
        store.setApproval(session, approval, "approved", token);
        return token;
    }
}
