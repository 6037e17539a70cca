package ai.paybond.kit.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What calls are charged to which budget. Not thread-safe. */
final class Charges {
    private final Map<String, Long> chargedByScope = new HashMap<>();

    /** Of calls whose outcome is open; what is spent for good is not taken back. */
    private final Map<CallKey, List<String>> scopesOfOpenCalls = new HashMap<>();

    Optional<ClaimResult> refusal(Map<String, Long> limits, long cents) {
        if (cents < 0 && !limits.isEmpty()) {
            throw new IllegalArgumentException("a negative spend cannot be charged to a budget");
        }
        return limits.entrySet().stream()
                .filter(limit -> cents > limit.getValue() - chargedCents(limit.getKey()))
                .findFirst()
                .map(limit -> new ClaimResult.OverBudget(
                        limit.getKey(), Math.max(0, limit.getValue() - chargedCents(limit.getKey()))));
    }

    /** Within limits that {@link #refusal} has looked at, so that no sum overflows. */
    void charge(JournalEntry started, Collection<String> scopes) {
        if (!scopes.isEmpty()) {
            add(scopes, started.facts().spendCents());
            scopesOfOpenCalls.put(started.key(), List.copyOf(scopes));
        }
    }

    void follow(JournalEntry entry) {
        if (entry.state() == CallState.STARTED || entry.state() == CallState.IN_DOUBT) {
            return;
        }
        List<String> scopes = scopesOfOpenCalls.remove(entry.key());
        if (scopes != null && !entry.state().countsAsSpent()) {
            add(scopes, -entry.facts().spendCents());
        }
    }

    long chargedCents(String scope) {
        return chargedByScope.getOrDefault(scope, 0L);
    }

    private void add(Collection<String> scopes, long cents) {
        scopes.forEach(scope -> chargedByScope.merge(scope, cents, Long::sum));
    }
}
