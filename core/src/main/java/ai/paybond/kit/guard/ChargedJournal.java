package ai.paybond.kit.guard;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.DeliveryLease;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.RecordEntry;
import ai.paybond.kit.journal.SpendBudget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal as one run sees it: every call that starts is charged to the run's limits, and to those above it. */
final class ChargedJournal implements CallJournal {
    private final CallJournal journal;
    private final List<SpendBudget> budgets;

    private ChargedJournal(CallJournal journal, List<SpendBudget> budgets) {
        this.journal = journal;
        this.budgets = budgets;
    }

    static CallJournal of(CallJournal journal, GuardRun run) {
        return run.budgets().isEmpty() ? journal : new ChargedJournal(journal, run.budgets());
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> further) {
        List<SpendBudget> all = new ArrayList<>(budgets);
        all.addAll(further);
        return journal.claim(started, all);
    }

    @Override
    public ClaimResult claim(JournalEntry started) {
        return claim(started, List.of());
    }

    @Override
    public long chargedCents(String scope) {
        return journal.chargedCents(scope);
    }

    @Override
    public boolean record(JournalEntry entry) {
        return journal.record(entry);
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
    public List<RecordEntry> recorded(long after, int limit) {
        return journal.recorded(after, limit);
    }

    @Override
    public List<JournalEntry> abandoned(String tenantId, Instant now, int limit) {
        return journal.abandoned(tenantId, now, limit);
    }

    /** Leaves the journal open: the runs above still use it. */
    @Override
    public void close() {}
}
