package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.DeliveryLease;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.RecordEntry;
import ai.paybond.kit.journal.SpendBudget;
import ai.paybond.kit.journal.SpendStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A journal whose process can be killed before and after each thing that it keeps. */
record DoomedJournal(CallJournal journal, KillSwitch kill) implements CallJournal {

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        kill.reach(KillPoint.BEFORE_CLAIM);
        ClaimResult result = journal.claim(started, budgets);
        kill.reach(KillPoint.AFTER_CLAIM);
        return result;
    }

    @Override
    public long chargedCents(String scope) {
        return journal.chargedCents(scope);
    }

    @Override
    public boolean record(JournalEntry entry) {
        reach(before(entry));
        boolean kept = journal.record(entry);
        reach(after(entry));
        return kept;
    }

    private void reach(@Nullable KillPoint point) {
        if (point != null) {
            kill.reach(point);
        }
    }

    private static @Nullable KillPoint before(JournalEntry entry) {
        return switch (entry.state()) {
            case EXECUTED -> isFirst(entry) ? KillPoint.BEFORE_RECORD_EXECUTED : null;
            case DELIVERED -> KillPoint.BEFORE_RECORD_DELIVERED;
            case FAILED -> isFirst(entry) ? KillPoint.BEFORE_RECORD_FAILED : null;
            case IN_DOUBT -> KillPoint.BEFORE_RECORD_IN_DOUBT;
            case DENIED, HELD, AUTHORIZED, STARTED, REJECTED -> null;
        };
    }

    private static @Nullable KillPoint after(JournalEntry entry) {
        return switch (entry.state()) {
            case EXECUTED -> isFirst(entry) ? KillPoint.AFTER_RECORD_EXECUTED : KillPoint.AFTER_RECORD_CONSUMED;
            case DELIVERED -> KillPoint.AFTER_RECORD_DELIVERED;
            case FAILED -> isFirst(entry) ? KillPoint.AFTER_RECORD_FAILED : KillPoint.AFTER_RECORD_RELEASED;
            case IN_DOUBT -> KillPoint.AFTER_RECORD_IN_DOUBT;
            case DENIED, HELD, AUTHORIZED, STARTED, REJECTED -> null;
        };
    }

    /** Whether the authority has not been told yet what became of the spend. */
    private static boolean isFirst(JournalEntry entry) {
        return entry.spend() == SpendStatus.CONSUME_DUE || entry.spend() == SpendStatus.RELEASE_DUE;
    }

    @Override
    public Optional<JournalEntry> find(CallKey key) {
        return journal.find(key);
    }

    @Override
    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
        return journal.pending(intentId, limit);
    }

    @Override
    public List<JournalEntry> inState(CallState state, int limit) {
        return journal.inState(state, limit);
    }

    @Override
    public List<JournalEntry> list(JournalQuery query) {
        return journal.list(query);
    }

    @Override
    public List<String> leaseDue(DeliveryLease lease, int limit) {
        return journal.leaseDue(lease, limit);
    }

    @Override
    public boolean lease(DeliveryLease lease, String intentId) {
        return journal.lease(lease, intentId);
    }

    @Override
    public void release(DeliveryLease lease, String intentId) {
        journal.release(lease, intentId);
    }

    @Override
    public void keepAlive(String runner, Instant until) {
        journal.keepAlive(runner, until);
    }

    @Override
    public void resign(String runner) {
        journal.resign(runner);
    }

    @Override
    public List<JournalEntry> abandoned(String tenantId, Instant now, int limit) {
        return journal.abandoned(tenantId, now, limit);
    }

    @Override
    public List<RecordEntry> recorded(long after, int limit) {
        return journal.recorded(after, limit);
    }
}
