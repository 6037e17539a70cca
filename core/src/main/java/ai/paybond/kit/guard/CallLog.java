package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.HeldCall;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.wire.json.CanonicalJson;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guard's side of the journal before a tool runs. A fault of the journal becomes a refusal. */
final class CallLog {
    private static final Logger log = LoggerFactory.getLogger(CallLog.class);
    private static final int LONGEST_NAME = 128;
    static final DenyReason UNSETTLED = DenyReason.local(
            GuardCodes.CALL_UNSETTLED, "a reservation of this call was given back; ask again for a new one");
    static final DenyReason UNAVAILABLE =
            DenyReason.local(GuardCodes.JOURNAL_UNAVAILABLE, "the call could not be journaled, so it was not made");

    private static final DenyReason EXHAUSTED = DenyReason.local(
            GuardCodes.OFFLINE_ALLOWANCE_EXHAUSTED,
            "the authority is out of reach, and the allowance for that is used up");

    private final CallJournal journal;
    private final String tenantId;
    private final Clock clock;
    private final Supplier<String> ids;
    private final @Nullable OfflineMode offline;

    CallLog(CallJournal journal, String tenantId, Clock clock, Supplier<String> ids, @Nullable OfflineMode offline) {
        this.journal = journal;
        this.tenantId = tenantId;
        this.clock = clock;
        this.ids = ids;
        this.offline = offline;
    }

    /** What the journal knows of a call: what may be built upon, or why the call must not be made. */
    sealed interface Standing {
        record Open(@Nullable JournalEntry earlier) implements Standing {}

        record Blocked(DenyReason reason) implements Standing {}
    }

    /** What came of claiming a call: the tool may run now, or why it must not. */
    sealed interface Claim {
        record Started(JournalEntry entry) implements Claim {}

        /** With the entry whose reservation nobody will use, if it is nobody else's. */
        record Lost(DenyReason reason, Optional<JournalEntry> orphan) implements Claim {}
    }

    Standing standingOf(ResolvedCall call) {
        try {
            JournalEntry earlier = journal.find(call.key()).orElse(null);
            if (earlier == null) {
                return new Standing.Open(null);
            }
            if (isTooLate(earlier, call.facts())) {
                return new Standing.Blocked(ApprovalReasons.EXPIRED);
            }
            return earlier.mayBeTakenUpBy(call.facts())
                    ? new Standing.Open(earlier)
                    : new Standing.Blocked(whyBlocked(earlier, call.facts()));
        } catch (Throwable e) {
            log.error("the journal could not be asked for call {}", call.key(), e);
            return new Standing.Blocked(UNAVAILABLE);
        }
    }

    Claim start(ResolvedCall call, Decision.Allowed allowed, @Nullable JournalEntry earlier) {
        JournalEntry started = started(call, allowed, earlier);
        JournalEntry orphan = started.neverStarted(clock.instant());
        OfflineMode onAllowance = allowed.offline() ? offline : null;
        try {
            ClaimResult result = onAllowance == null ? journal.claim(started) : onAllowance.claim(started);
            if (result instanceof ClaimResult.InTheWay inTheWay) {
                return lostTo(inTheWay.entry(), started, orphan);
            }
            if (result instanceof ClaimResult.OverBudget over) {
                return onAllowance == null ? tooDear(over, orphan) : new Claim.Lost(EXHAUSTED, Optional.empty());
            }
            return new Claim.Started(started);
        } catch (Throwable e) {
            log.error("the journal could not keep that call {} starts", call.key(), e);
            return new Claim.Lost(UNAVAILABLE, isKnownFree(started) ? Optional.of(orphan) : Optional.empty());
        }
    }

    private static Claim tooDear(ClaimResult.OverBudget over, JournalEntry orphan) {
        DenyReason reason = DenyReason.local(
                GuardCodes.SPEND_BUDGET_EXCEEDED,
                "the call costs more than the " + over.remainingCents() + " cents that are left of its budget");
        return new Claim.Lost(reason, Optional.of(orphan));
    }

    /** What was allowed for a call that is not to start after all. */
    JournalEntry unused(ResolvedCall call, Decision.Allowed allowed, @Nullable JournalEntry earlier) {
        return started(call, allowed, earlier).neverStarted(clock.instant());
    }

    private JournalEntry started(ResolvedCall call, Decision.Allowed allowed, @Nullable JournalEntry earlier) {
        Instant now = clock.instant();
        return allowed.offline()
                ? JournalEntry.startedOffline(call.key(), call.facts(), earlier, asked(call, now), now)
                : JournalEntry.started(call.key(), call.facts(), earlier, allowed.auditId(), allowed.decisionId(), now);
    }

    private static HeldCall asked(ResolvedCall call, Instant now) {
        return new HeldCall(null, CanonicalJson.strict(call.call().arguments()), now, null);
    }

    /** While the journal cannot say so, another run may be using the reservation; then it is left to run out. */
    private boolean isKnownFree(JournalEntry started) {
        try {
            return journal.find(started.key())
                    .filter(entry -> entry.state().mayHaveRun())
                    .isEmpty();
        } catch (Throwable e) {
            return false;
        }
    }

    /** An equal request is answered with the same decision, which the other run is using. */
    private static Claim lostTo(JournalEntry other, JournalEntry started, JournalEntry orphan) {
        String decisionId = started.decisionId();
        boolean shared = decisionId == null || decisionId.equals(other.decisionId());
        return new Claim.Lost(whyBlocked(other, started.facts()), shared ? Optional.empty() : Optional.of(orphan));
    }

    /** Keeps a refusal, beside the call that ran if the id is that one's. Never throws: a refusal needs no journal to hold. */
    void refused(ToolCall call, CallKey key, @Nullable CallFacts facts, DenyReason reason, @Nullable String auditId) {
        CallFacts known = facts != null ? facts : factsOf(call);
        try {
            JournalEntry earlier = journal.find(key).orElse(null);
            if (earlier != null && isTooLate(earlier, known)) {
                journal.record(earlier.closed(GuardCodes.APPROVAL_EXPIRED, null, clock.instant()));
                return;
            }
            boolean taken = earlier != null && (!earlier.mayBeTakenUpBy(known) || waitsOn(earlier, auditId));
            CallKey free = taken ? new CallKey(key.intentId(), key.callId() + "~" + ids.get()) : key;
            journal.record(JournalEntry.refused(
                    free, known, taken ? null : earlier, CallState.DENIED, reason.code(), auditId, clock.instant()));
        } catch (Throwable e) {
            log.error("the journal could not keep a refusal of call {} ({})", key, reason.code(), e);
        }
    }

    /** Only an answer of the authority ends a wait; what was refused before it was asked may be mended meanwhile. */
    private static boolean waitsOn(JournalEntry earlier, @Nullable String auditId) {
        return earlier.state() == CallState.HELD && auditId == null;
    }

    private boolean isTooLate(JournalEntry earlier, CallFacts facts) {
        HeldCall held = earlier.held();
        return earlier.state() == CallState.HELD
                && held != null
                && held.isExpired(clock.instant())
                && earlier.isSameRequest(facts);
    }

    /** @throws JournalException {@code call.not_in_doubt} when the call's outcome is known, or the call is not */
    JournalEntry inDoubt(CallKey key) {
        return journal.find(key)
                .filter(entry -> entry.state() == CallState.IN_DOUBT || entry.state() == CallState.STARTED)
                .orElseThrow(() -> new JournalException("call.not_in_doubt", "the call is not in doubt", null));
    }

    /** The receipt of a repetition: delivery may have gone on since the first answer. */
    CallReceipt receiptNow(ResolvedCall call, CallReceipt atFirst) {
        try {
            CallKey ran = new CallKey(call.key().intentId(), atFirst.callId());
            return journal.find(ran).map(CallReceipt::of).orElse(atFirst).asReplay();
        } catch (Throwable e) {
            return atFirst.asReplay();
        }
    }

    private CallFacts factsOf(ToolCall unresolved) {
        String name = unresolved.toolName();
        String bounded = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        return new CallFacts(tenantId, bounded, bounded, "", 0);
    }

    static DenyReason whyBlocked(JournalEntry earlier, CallFacts facts) {
        if (!earlier.isSameRequest(facts)) {
            return DenyReason.local(
                    GuardCodes.CALL_ARGUMENTS_CHANGED, "the call's id belongs to a call with other arguments");
        }
        return switch (earlier.state()) {
            case STARTED, IN_DOUBT ->
                DenyReason.local(
                        GuardCodes.CALL_IN_DOUBT,
                        "the call was started before and its outcome is not known; it is not repeated");
            case EXECUTED, FAILED, DELIVERED, REJECTED ->
                DenyReason.local(
                        GuardCodes.CALL_ALREADY_RAN,
                        "the call already ran and is not repeated; its result is no longer at hand");
            case DENIED -> earlier.isClosed() ? ApprovalReasons.closed(earlier) : UNSETTLED;
            case HELD, AUTHORIZED -> UNSETTLED;
        };
    }
}
