package ai.paybond.kit.guard;

import ai.paybond.kit.capability.CapabilityVerdict.Verified;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.journal.Authorization;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.SpendBudget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides and claims calls on an allowance while the authority is out of reach. Thread-safe. */
final class OfflineMode {
    private static final Logger log = LoggerFactory.getLogger(OfflineMode.class);
    private static final int ANSWERS_LOOKED_AT = 64;

    private final OfflineAllowance allowance;
    private final String intentId;
    private final CapabilityCheck capability;
    private final HolderProofs proofs;
    private final CallJournal journal;
    private final Clock clock;
    private volatile @Nullable Instant latestAnswer;

    OfflineMode(
            OfflineAllowance allowance,
            String intentId,
            CapabilityCheck capability,
            HolderProofs proofs,
            CallJournal journal,
            Clock clock) {
        this.allowance = allowance;
        this.intentId = intentId;
        this.capability = capability;
        this.proofs = proofs;
        this.journal = journal;
        this.clock = clock;
    }

    /** The authority has just answered. */
    void answered() {
        latestAnswer = clock.instant();
    }

    /** What there is to say of a call about which the authority could not be asked. */
    Decision decide(ResolvedCall call) {
        Optional<DenyReason> objection = objection(call);
        if (objection.isPresent()) {
            return Decision.Denied.because(objection.get());
        }
        log.warn(
                "the authority is out of reach; tool {} may run on the offline allowance",
                call.tool().toolName());
        return Decision.Allowed.onAllowance();
    }

    private Optional<DenyReason> objection(ResolvedCall call) {
        if (call.approval() != null) {
            return approved();
        }
        if (proofs.isOnlyNow(call.call().credentials().proof())) {
            return denied(GuardCodes.OFFLINE_UNPROVABLE, "the holder signed for now, and is not there to sign later");
        }
        long cents = call.facts().spendCents();
        if (cents == 0) {
            return denied(GuardCodes.OFFLINE_NOT_COUNTABLE, "a call that spends nothing is not made offline");
        }
        if (cents > allowance.maxCallCents()) {
            return denied(GuardCodes.OFFLINE_SPEND_EXCEEDED, "the call costs more than one may offline");
        }
        Optional<Verified> verified = capability.verified(call);
        if (verified.isEmpty()) {
            return denied(GuardCodes.OFFLINE_UNVERIFIED, "the capability was not verified here, so no call is offline");
        }
        if (!verified.get().approvals().isEmpty()) {
            return approved();
        }
        return isSilentForTooLong()
                ? denied(GuardCodes.OFFLINE_TOO_LONG, "the authority's latest answer is too long ago")
                : Optional.empty();
    }

    /** Afterwards the authority is asked from the journal, which keeps neither approval tokens nor approvers' blocks. */
    private static Optional<DenyReason> approved() {
        return denied(GuardCodes.OFFLINE_APPROVED, "a call that a person approved is not made offline");
    }

    private static Optional<DenyReason> denied(String code, String message) {
        return Optional.of(DenyReason.local(code, "the authority is out of reach: " + message));
    }

    /** A clock that went backwards tells no silence. */
    private boolean isSilentForTooLong() {
        Instant latest = latestAnswer != null ? latestAnswer : latestJournaledAnswer();
        if (latest == null) {
            return true;
        }
        Duration silence = Duration.between(latest, clock.instant());
        return silence.isNegative() || silence.compareTo(allowance.maxSilence()) > 0;
    }

    /** For a process that was started while the authority was away. */
    private @Nullable Instant latestJournaledAnswer() {
        try {
            Set<CallState> endedByAnAnswer = Set.of(CallState.DELIVERED, CallState.DENIED);
            return journal.list(new JournalQuery(endedByAnAnswer, intentId, ANSWERS_LOOKED_AT)).stream()
                    .filter(entry -> entry.authorization() == Authorization.AUTHORITY && entry.auditId() != null)
                    .map(JournalEntry::changedAt)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        } catch (Throwable e) {
            log.error("the journal cannot tell when the authority answered last", e);
            return null;
        }
    }

    /**
     * Takes the call for running, within the allowance. Budgets count cents and not calls, so each call also fills one of as
     * many places as calls are allowed.
     */
    ClaimResult claim(JournalEntry started) {
        String scope = "offline:" + intentId;
        SpendBudget all = new SpendBudget(scope, allowance.maxCents());
        long cents = started.facts().spendCents();
        ClaimResult result = new ClaimResult.OverBudget(scope, 0);
        for (int place = 0; place < allowance.maxCalls() && result instanceof ClaimResult.OverBudget; place++) {
            String taken = scope + ":" + place;
            result = journal.claim(started, List.of(all, new SpendBudget(taken, cents)));
            if (result instanceof ClaimResult.OverBudget over && over.scope().equals(scope)) {
                return result;
            }
        }
        return result;
    }
}
