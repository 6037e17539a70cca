package ai.paybond.kit;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A journal in which only the intents of one session are pending: a shared one holds those of other tenants too. */
final class SessionJournal implements CallJournal {
    private final CallJournal journal;
    private final @Nullable String process;
    private final Set<String> intents = ConcurrentHashMap.newKeySet();

    /** @param process the name under which calls are run, if this process says that it lives */
    SessionJournal(CallJournal journal, @Nullable String process) {
        this.journal = journal;
        this.process = process;
    }

    boolean includes(String intentId) {
        return intents.contains(intentId);
    }

    /** From now on what is pending for this intent is this session's to deliver. */
    void include(String intentId) {
        intents.add(intentId);
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        return journal.claim(process == null ? started : started.runBy(process), budgets);
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
        if (intentId != null) {
            return journal.pending(intentId, limit);
        }
        return intents.stream()
                .flatMap(intent -> journal.pending(intent, limit).stream())
                .limit(limit)
                .toList();
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
    public List<RecordEntry> recorded(long after, int limit) {
        return journal.recorded(after, limit);
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
}
