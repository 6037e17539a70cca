package ai.paybond.kit.journal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a person wants to see.
 *
 * @param states only calls that stand so; empty for all
 * @param intentId only calls of this intent, or null for all
 * @param limit at most so many, 1 or more
 */
public record JournalQuery(Set<CallState> states, @Nullable String intentId, int limit) {
    /** @throws IllegalArgumentException when the limit is below 1 */
    public JournalQuery {
        states = Set.copyOf(states);
        if (limit < 1) {
            throw new IllegalArgumentException("a query asks for at least one entry");
        }
    }

    /** Everything, up to a number of entries. */
    public static JournalQuery all(int limit) {
        return new JournalQuery(Set.of(), null, limit);
    }

    /** Whether an entry is one of those. */
    public boolean matches(JournalEntry entry) {
        return (states.isEmpty() || states.contains(entry.state()))
                && (intentId == null || intentId.equals(entry.key().intentId()));
    }
}
