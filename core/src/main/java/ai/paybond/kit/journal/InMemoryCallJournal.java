package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls in memory, up to a number of them; what it holds is gone when the process ends.
 *
 * <p>When it is full, refusals make room first, then the call that has been settled or held the longest; a repeated id of a
 * forgotten call is a new call. Entries that are running, in doubt, parked or still owe something are never dropped: if
 * only such are left, {@link #claim} throws {@code journal.full} and the guard denies. What was charged to a budget is not
 * forgotten with the call. Thread-safe.
 */
public final class InMemoryCallJournal implements CallJournal {
    /** Entries kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private final int capacity;
    private final Map<CallKey, JournalEntry> refused = new LinkedHashMap<>();
    private final Map<CallKey, JournalEntry> settled = new LinkedHashMap<>();
    private final Map<CallKey, JournalEntry> open = new LinkedHashMap<>();
    private final PendingCalls pending = new PendingCalls();
    private final Charges charges = new Charges();
    private final MemoryLeases leases = new MemoryLeases();

    /** Keeps {@value #DEFAULT_CAPACITY} entries. */
    public InMemoryCallJournal() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * @param capacity entries kept, at least 1
     * @throws IllegalArgumentException when the capacity is below 1
     */
    public InMemoryCallJournal(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a journal keeps at least one entry");
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        JournalEntry existing = lookUp(started.key());
        if (existing != null && !existing.mayBeTakenUpBy(started.facts())) {
            return new ClaimResult.InTheWay(existing);
        }
        Map<String, Long> limits = SpendBudget.strictest(budgets);
        Optional<ClaimResult> refusal = charges.refusal(limits, started.facts().spendCents());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        keep(started);
        charges.charge(started, limits.keySet());
        return new ClaimResult.Owned();
    }

    @Override
    public synchronized long chargedCents(String scope) {
        return charges.chargedCents(scope);
    }

    @Override
    public synchronized boolean record(JournalEntry entry) {
        JournalEntry existing = lookUp(entry.key());
        if (existing != null && !entry.isNewerThan(existing)) {
            return false;
        }
        keep(entry);
        charges.follow(entry);
        return true;
    }

    @Override
    public synchronized Optional<JournalEntry> find(CallKey key) {
        return Optional.ofNullable(lookUp(key));
    }

    @Override
    public synchronized List<JournalEntry> pending(@Nullable String intentId, int limit) {
        return pending.of(intentId).limit(limit).toList();
    }

    @Override
    public synchronized List<JournalEntry> inState(CallState state, int limit) {
        return select(all(), entry -> entry.state() == state, limit);
    }

    @Override
    public synchronized List<JournalEntry> list(JournalQuery query) {
        return all().filter(query::matches)
                .sorted(Comparator.comparing(JournalEntry::changedAt).reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<String> leaseDue(DeliveryLease lease, int limit) {
        Map<String, JournalEntry> first = new LinkedHashMap<>();
        pending.ofAll()
                .filter(entry -> entry.facts().tenantId().equals(lease.tenantId()))
                .forEach(entry -> first.putIfAbsent(entry.key().intentId(), entry));
        List<String> due = first.values().stream()
                .filter(entry -> entry.mayBeTriedAt(lease.now()))
                .map(entry -> entry.key().intentId())
                .filter(intentId -> leases.isFree(lease, intentId))
                .limit(limit)
                .toList();
        due.forEach(intentId -> leases.take(lease, intentId));
        return due;
    }

    @Override
    public synchronized boolean lease(DeliveryLease lease, String intentId) {
        return leases.take(lease, intentId);
    }

    @Override
    public synchronized void release(DeliveryLease lease, String intentId) {
        leases.release(lease, intentId);
    }

    @Override
    public synchronized void keepAlive(String runner, Instant until) {
        leases.keepAlive(runner, until);
    }

    @Override
    public synchronized void resign(String runner) {
        leases.resign(runner);
    }

    @Override
    public synchronized List<JournalEntry> abandoned(String tenantId, Instant now, int limit) {
        return select(
                open.values().stream(),
                entry -> entry.state() == CallState.STARTED
                        && entry.facts().tenantId().equals(tenantId)
                        && leases.isDead(entry.runner(), now),
                limit);
    }

    private Stream<JournalEntry> all() {
        return Stream.of(refused, settled, open).flatMap(home -> home.values().stream());
    }

    private static List<JournalEntry> select(Stream<JournalEntry> entries, Predicate<JournalEntry> wanted, int limit) {
        return entries.filter(wanted)
                .sorted(Comparator.comparing(JournalEntry::changedAt))
                .limit(limit)
                .toList();
    }

    private @Nullable JournalEntry lookUp(CallKey key) {
        JournalEntry entry = open.get(key);
        if (entry == null) {
            entry = settled.get(key);
        }
        return entry == null ? refused.get(key) : entry;
    }

    private void keep(JournalEntry entry) {
        JournalEntry before = lookUp(entry.key());
        if (before == null) {
            makeRoom();
        }
        pending.replace(before, entry);
        refused.remove(entry.key());
        settled.remove(entry.key());
        open.remove(entry.key());
        homeOf(entry).put(entry.key(), entry);
    }

    private Map<CallKey, JournalEntry> homeOf(JournalEntry entry) {
        if (entry.isPending()) {
            return open;
        }
        return switch (entry.state()) {
            case DENIED, AUTHORIZED -> entry.isClosed() ? settled : refused;
            case HELD, FAILED, DELIVERED -> settled;
            case STARTED, EXECUTED, IN_DOUBT, REJECTED -> open;
        };
    }

    private void makeRoom() {
        if (refused.size() + settled.size() + open.size() < capacity) {
            return;
        }
        Map<CallKey, JournalEntry> victims = refused.isEmpty() ? settled : refused;
        if (victims.isEmpty()) {
            throw new JournalException("journal.full", "the journal is full of calls that are not settled", null);
        }
        Iterator<JournalEntry> oldest = victims.values().iterator();
        oldest.next();
        oldest.remove();
    }
}
