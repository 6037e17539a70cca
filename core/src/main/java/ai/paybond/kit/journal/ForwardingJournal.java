package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands everything but {@link #close} on to another journal; the base of those that change one thing. A method that is added
 * to the port must be added here, or what extends this would quietly do without it.
 */
public abstract class ForwardingJournal implements CallJournal {

    /** The journal that is asked. */
    protected abstract CallJournal journal();

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        return journal().claim(started, budgets);
    }

    @Override
    public long chargedCents(String scope) {
        return journal().chargedCents(scope);
    }

    @Override
    public boolean record(JournalEntry entry) {
        return journal().record(entry);
    }

    @Override
    public Optional<JournalEntry> find(CallKey key) {
        return journal().find(key);
    }

    @Override
    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
        return journal().pending(intentId, limit);
    }

    @Override
    public List<JournalEntry> inState(CallState state, int limit) {
        return journal().inState(state, limit);
    }

    @Override
    public List<JournalEntry> list(JournalQuery query) {
        return journal().list(query);
    }

    @Override
    public List<String> leaseDue(DeliveryLease lease, int limit) {
        return journal().leaseDue(lease, limit);
    }

    @Override
    public boolean lease(DeliveryLease lease, String intentId) {
        return journal().lease(lease, intentId);
    }

    @Override
    public void release(DeliveryLease lease, String intentId) {
        journal().release(lease, intentId);
    }

    @Override
    public void keepAlive(String runner, Instant until) {
        journal().keepAlive(runner, until);
    }

    @Override
    public void resign(String runner) {
        journal().resign(runner);
    }

    @Override
    public List<JournalEntry> abandoned(String tenantId, Instant now, int limit) {
        return journal().abandoned(tenantId, now, limit);
    }

    @Override
    public List<RecordEntry> recorded(long after, int limit) {
        return journal().recorded(after, limit);
    }
}
