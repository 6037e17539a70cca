package ai.paybond.kit.journal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that owe something, kept in the order in which they are delivered: each guarded call looks for those before
 * it, and must not sort all of them to do so. Not thread-safe.
 */
final class PendingCalls {
    private static final Comparator<JournalEntry> ORDER = Comparator.comparing(JournalEntry::orderOfDelivery)
            .thenComparing(entry -> entry.key().callId())
            .thenComparing(entry -> entry.key().intentId());

    private final NavigableSet<JournalEntry> all = new TreeSet<>(ORDER);
    private final Map<String, NavigableSet<JournalEntry>> byIntent = new HashMap<>();

    void replace(@Nullable JournalEntry before, JournalEntry after) {
        if (before != null && before.isPending()) {
            remove(before);
        }
        if (after.isPending()) {
            all.add(after);
            byIntent.computeIfAbsent(after.key().intentId(), intent -> new TreeSet<>(ORDER))
                    .add(after);
        }
    }

    private void remove(JournalEntry entry) {
        all.remove(entry);
        byIntent.computeIfPresent(entry.key().intentId(), (intent, entries) -> {
            entries.remove(entry);
            return entries.isEmpty() ? null : entries;
        });
    }

    Stream<JournalEntry> ofAll() {
        return all.stream();
    }

    Stream<JournalEntry> of(@Nullable String intentId) {
        return intentId == null ? ofAll() : byIntent.getOrDefault(intentId, new TreeSet<>(ORDER)).stream();
    }
}
