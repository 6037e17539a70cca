package ai.paybond.kit.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reservations of calls that never started, by decision. The journal is not involved: it may be the reason. */
final class Orphans {
    private static final Logger log = LoggerFactory.getLogger(Orphans.class);

    private final DeliveryAttempt attempt;
    private final Map<String, JournalEntry> byDecision = new ConcurrentHashMap<>();

    Orphans(DeliveryAttempt attempt) {
        this.attempt = attempt;
    }

    void handBack(JournalEntry neverStarted) {
        String decisionId = neverStarted.decisionId();
        if (decisionId == null || !neverStarted.isPending()) {
            return;
        }
        try {
            attempt.completeSpend(neverStarted);
            byDecision.remove(decisionId);
        } catch (DeliveryRejectedException e) {
            log.error("the reservation of call {} cannot be given back: {}", neverStarted.key(), e.code());
            byDecision.remove(decisionId);
        } catch (Throwable e) {
            log.warn("the reservation of call {} is given back later: {}", neverStarted.key(), EntryKeeper.code(e));
            byDecision.put(decisionId, neverStarted);
        }
    }

    /** How many are left. */
    int handBackAll(BooleanSupplier goOn) {
        for (JournalEntry orphan : List.copyOf(byDecision.values())) {
            if (goOn.getAsBoolean()) {
                handBack(orphan);
            }
        }
        return byDecision.size();
    }

    boolean isEmpty() {
        return byDecision.isEmpty();
    }
}
