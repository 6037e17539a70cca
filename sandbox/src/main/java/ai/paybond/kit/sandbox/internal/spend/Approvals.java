package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.store.ApprovalRow;
import ai.paybond.kit.sandbox.internal.store.ApprovalStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a spend. An approval is for one use, by exactly this intent, operation, amount, tool call
 * and arguments, as far as the caller named the last two; anything edited needs a decision of its own.
 */
public final class Approvals {
    private static final String STILL_PENDING = "approval_required_pending";
    private static final String TOO_FEW = "approval_quorum_incomplete";
    private static final Duration LIFE = Duration.ofHours(24);

    private final ApprovalStore store;
    private final ApprovalVotes votes;
    private final Clock clock;

    public Approvals(ApprovalStore store, ApprovalVotes votes, Clock clock) {
        this.store = store;
        this.votes = votes;
        this.clock = clock;
    }

    /** Empty when the call may go on, because it brings an approval, which is used up by this. */
    Optional<SpendAnswer> hold(SpendRequest request, IntentRow intent, List<String> reasons, Session session) {
        List<ApprovalRow> decisions = exactly(request, intent, session);
        Optional<ApprovalRow> approved = decisions.stream()
                .filter(row -> status(row).equals("approved") && isToken(row, request.approvalToken()))
                .findFirst();
        if (approved.isPresent()) {
            decide(session, approved.get(), "used", null, approved.get().note());
            return Optional.empty();
        }
        return Optional.of(waiting(decisions, session)
                .orElseGet(() -> new SpendAnswer.Held(ask(request, intent, reasons, session), reasons)));
    }

    private List<ApprovalRow> exactly(SpendRequest request, IntentRow intent, Session session) {
        return store
                .of(session, intent.tenantId(), intent.intentId(), request.operation(), request.spendCents())
                .stream()
                .filter(row ->
                        Objects.equals(row.toolCallId(), request.toolCallId().orElse(null)))
                .filter(row -> Objects.equals(
                        row.argumentsDigest(), request.argumentsDigest().orElse(null)))
                .toList();
    }

    private static boolean isToken(ApprovalRow row, Optional<String> given) {
        @Nullable String token = row.token();
        return token != null
                && given.isPresent()
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), given.get().getBytes(StandardCharsets.UTF_8));
    }

    /** A spend that waits, waits on under the same id; one that was rejected stays so. */
    private Optional<SpendAnswer> waiting(List<ApprovalRow> decisions, Session session) {
        for (ApprovalRow row : decisions) {
            switch (status(row)) {
                case "rejected":
                    return Optional.of(
                            new SpendAnswer.Denied("approval_rejected", "A person has rejected this spend."));
                case "pending", "approved":
                    return Optional.of(new SpendAnswer.Held(row.approvalId(), waitingFor(row, session)));
                default:
                    break;
            }
        }
        return Optional.empty();
    }

    private List<String> waitingFor(ApprovalRow row, Session session) {
        boolean begun = status(row).equals("pending") && votes.given(session, row) > 0;
        return begun ? List.of(STILL_PENDING, TOO_FEW) : List.of(STILL_PENDING);
    }

    private UUID ask(SpendRequest request, IntentRow intent, List<String> reasons, Session session) {
        UUID approvalId = UUID.randomUUID();
        store.add(
                session,
                new ApprovalRow(
                        intent.tenantId(),
                        approvalId,
                        intent.intentId(),
                        request.operation(),
                        request.spendCents(),
                        request.toolCallId().orElse(null),
                        request.argumentsDigest().orElse(null),
                        String.join(" ", reasons),
                        null,
                        "pending",
                        clock.instant(),
                        clock.instant().plus(LIFE),
                        null,
                        null));
        return approvalId;
    }

    /** The status now: what was not used in time has expired. */
    public String status(ApprovalRow row) {
        boolean open = row.status().equals("pending") || row.status().equals("approved");
        return open && !clock.instant().isBefore(row.expiresAt()) ? "expired" : row.status();
    }

    /**
     * One operator's approval; with the last that the tenant's policy wants, what waits is approved.
     *
     * @throws NotPendingException when it does not wait
     */
    ApprovalRow vote(Session session, ApprovalRow approval, String subject, @Nullable String note) {
        requirePending(approval);
        return votes.cast(session, approval, subject) ? approve(session, approval, note) : approval;
    }

    ApprovalVotes votes() {
        return votes;
    }

    /** Approves what waits, whoever else would have to; the token is for one use. @throws NotPendingException when it does not wait */
    public ApprovalRow approve(Session session, ApprovalRow approval, @Nullable String note) {
        requirePending(approval);
        return decide(session, approval, "approved", "apr_" + UUID.randomUUID(), note);
    }

    /** @throws NotPendingException when it does not wait */
    public ApprovalRow reject(Session session, ApprovalRow approval, @Nullable String note) {
        requirePending(approval);
        return decide(session, approval, "rejected", null, note);
    }

    /** Ends the wait, or takes back an approval that was not used. @throws NotPendingException when there is neither */
    public ApprovalRow expire(Session session, ApprovalRow approval) {
        if (!status(approval).equals("approved")) {
            requirePending(approval);
        }
        return decide(session, approval, "expired", null, approval.note());
    }

    public ApprovalStore store() {
        return store;
    }

    private void requirePending(ApprovalRow approval) {
        if (!status(approval).equals("pending")) {
            throw new NotPendingException(status(approval));
        }
    }

    private ApprovalRow decide(
            Session session, ApprovalRow approval, String status, @Nullable String token, @Nullable String note) {
        store.decide(session, approval, status, token, clock.instant(), note);
        return store.find(session, approval.tenantId(), approval.approvalId()).orElseThrow();
    }
}
