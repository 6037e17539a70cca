package ai.paybond.kit.paegents.rail;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Units that are set aside and not recorded yet: those of calls in the journal, of this process and others, and those that
 * this process was granted a moment ago. A grant that no call took up lapses.
 */
final class UnitHolds {
    private static final Duration LAPSE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 10_000;

    private final CallJournal journal;
    private final String intentId;
    private final Clock clock;
    private final Map<String, Instant> granted = new ConcurrentHashMap<>();

    UnitHolds(CallJournal journal, String intentId, Clock clock) {
        this.journal = journal;
        this.intentId = intentId;
        this.clock = clock;
    }

    void add(UnitHold hold) {
        granted.put(hold.decisionId(), clock.instant());
    }

    void remove(String decisionId) {
        granted.remove(decisionId);
    }

    /** What is set aside for others than this one. */
    long unitsBeside(UnitHold own) {
        granted.values().removeIf(at -> at.plus(LAPSE).isBefore(clock.instant()));
        Map<String, Long> units = new HashMap<>();
        Stream.concat(granted.keySet().stream(), journaled())
                .forEach(name -> UnitHold.parse(name).ifPresent(hold -> units.put(name, hold.units())));
        units.remove(own.decisionId());
        return units.values().stream().mapToLong(Long::longValue).sum();
    }

    private Stream<String> journaled() {
        Stream<JournalEntry> open = Stream.of(CallState.STARTED, CallState.IN_DOUBT)
                .flatMap(state -> journal.inState(state, AT_ONCE).stream());
        List<JournalEntry> owed = journal.pending(intentId, AT_ONCE);
        return Stream.concat(open, owed.stream())
                .filter(entry -> entry.key().intentId().equals(intentId))
                .filter(entry -> entry.spend() == SpendStatus.HELD || entry.spend() == SpendStatus.CONSUME_DUE)
                .flatMap(entry -> Stream.ofNullable(entry.decisionId()));
    }
}
