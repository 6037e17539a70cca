package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.HeldCall;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guard's side of the journal while a call waits for a person. A fault of the journal becomes a refusal. */
final class HoldLog {
    private static final Logger log = LoggerFactory.getLogger(HoldLog.class);
    private static final int MOST = 10_000;

    private final CallJournal journal;
    private final String tenantId;
    private final Duration lifetime;
    private final Clock clock;

    HoldLog(CallJournal journal, String tenantId, Duration lifetime, Clock clock) {
        this.journal = journal;
        this.tenantId = tenantId;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** What the journal has of a call that is to wait, or does. */
    sealed interface Hold {
        /** It waits. */
        record Kept(JournalEntry entry, HeldCall held) implements Hold {}

        record Lost(DenyReason reason) implements Hold {}
    }

    /** Keeps that a call waits, and with which arguments. Asked about the same thing again, a person has no more time. */
    Hold keep(ResolvedCall call, Decision.ApprovalRequired wanted) {
        try {
            JournalEntry earlier = journal.find(call.key()).orElse(null);
            if (earlier != null && !earlier.mayBeTakenUpBy(call.facts())) {
                return new Hold.Lost(CallLog.whyBlocked(earlier, call.facts()));
            }
            HeldCall held = waiting(call, wanted, earlier);
            JournalEntry entry = JournalEntry.held(
                    call.key(), call.facts(), earlier, held, wanted.reason().code(), null, clock.instant());
            return journal.record(entry) ? new Hold.Kept(entry, held) : find(call.key());
        } catch (Throwable e) {
            log.error("the journal could not keep that call {} waits", call.key(), e);
            return new Hold.Lost(CallLog.UNAVAILABLE);
        }
    }

    private HeldCall waiting(ResolvedCall call, Decision.ApprovalRequired wanted, @Nullable JournalEntry earlier) {
        HeldCall before = earlier == null ? null : earlier.held();
        if (before != null && Objects.equals(before.approvalRequestId(), wanted.approvalRequestId())) {
            return before;
        }
        Instant now = clock.instant();
        Instant latest = now.plus(lifetime);
        Instant said = wanted.expiresAt();
        return new HeldCall(
                wanted.approvalRequestId(),
                call.call().arguments().toJson(),
                now,
                said == null || said.isAfter(latest) ? latest : said);
    }

    Hold find(CallKey key) {
        try {
            return journal.find(key).map(HoldLog::holdOf).orElseGet(() -> new Hold.Lost(ApprovalReasons.NOT_HELD));
        } catch (Throwable e) {
            log.error("the journal could not be asked for call {}", key, e);
            return new Hold.Lost(CallLog.UNAVAILABLE);
        }
    }

    private static Hold holdOf(JournalEntry entry) {
        HeldCall held = entry.held();
        if (entry.state() == CallState.HELD && held != null) {
            return new Hold.Kept(entry, held);
        }
        boolean over = entry.state().mayHaveRun() || entry.isClosed();
        return new Hold.Lost(over ? CallLog.whyBlocked(entry, entry.facts()) : ApprovalReasons.NOT_HELD);
    }

    /** Ends a wait for good. What stands in the way, if the call is somebody's meanwhile. */
    Optional<DenyReason> close(JournalEntry waiting, String code, @Nullable String words) {
        try {
            if (journal.record(waiting.closed(code, words, clock.instant()))) {
                return Optional.empty();
            }
            return find(waiting.key()) instanceof Hold.Lost lost
                    ? Optional.of(lost.reason())
                    : Optional.of(CallLog.UNSETTLED);
        } catch (Throwable e) {
            log.error("the journal could not keep how the wait of call {} ended", waiting.key(), e);
            return Optional.of(CallLog.UNAVAILABLE);
        }
    }

    /** What waits for this tenant under an intent, the longest first. */
    List<Hold.Kept> waiting(String intentId) {
        Instant now = clock.instant();
        return journal.list(new JournalQuery(Set.of(CallState.HELD), intentId, MOST)).stream()
                .filter(entry -> entry.facts().tenantId().equals(tenantId))
                .flatMap(entry -> Optional.ofNullable(entry.held()).map(held -> new Hold.Kept(entry, held)).stream())
                .filter(kept -> !kept.held().isExpired(now))
                .sorted(Comparator.comparing(kept -> kept.held().heldAt()))
                .toList();
    }
}
