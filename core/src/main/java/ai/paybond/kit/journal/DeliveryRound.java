package ai.paybond.kit.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over what is pending: each call once, each intent under a lease and only as far as it succeeds. */
final class DeliveryRound implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryRound.class);

    private final UnaryOperator<JournalEntry> attempt;
    private final Predicate<JournalEntry> lease;
    private final Consumer<JournalEntry> release;
    private final Set<CallKey> seen = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();
    private final Map<String, JournalEntry> leased = new HashMap<>();
    private int settled;
    private int parked;
    private int pending;

    DeliveryRound(UnaryOperator<JournalEntry> attempt, Predicate<JournalEntry> lease, Consumer<JournalEntry> release) {
        this.attempt = attempt;
        this.lease = lease;
        this.release = release;
    }

    int seen() {
        return seen.size();
    }

    /** Whether it is new. */
    boolean sees(JournalEntry entry) {
        return seen.add(entry.key());
    }

    void take(JournalEntry entry, BooleanSupplier goOn) {
        String intentId = entry.key().intentId();
        if (stopped.contains(intentId) || !goOn.getAsBoolean() || !isLeased(entry)) {
            pending++;
            return;
        }
        JournalEntry after = attempt.apply(entry);
        if (after.isPending()) {
            stopped.add(intentId);
            pending++;
        } else if (after.state() == CallState.REJECTED) {
            parked++;
        } else {
            settled++;
        }
    }

    /** A journal that cannot tell stops nobody: what is in memory only is this process's own. */
    private boolean isLeased(JournalEntry entry) {
        String intentId = entry.key().intentId();
        try {
            if (!lease.test(entry)) {
                stopped.add(intentId);
                return false;
            }
            leased.put(intentId, entry);
        } catch (Throwable e) {
            log.warn("the journal gives no lease on intent {}: {}", intentId, EntryKeeper.code(e));
        }
        return true;
    }

    DeliveryReport report(int alsoPending) {
        return new DeliveryReport(settled, parked, pending + alsoPending);
    }

    @Override
    public void close() {
        for (JournalEntry entry : leased.values()) {
            try {
                release.accept(entry);
            } catch (Throwable e) {
                log.warn("a lease runs out instead of being given back: {}", EntryKeeper.code(e));
            }
        }
    }
}
