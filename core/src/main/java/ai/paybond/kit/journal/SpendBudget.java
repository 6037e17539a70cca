package ai.paybond.kit.journal;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A limit on what several calls may spend together.
 *
 * @param scope what the calls have in common, such as a run; the same text in every process that shares the limit. Calls of
 *     different currencies need different scopes
 * @param limitCents the most that the calls charged to the scope may spend, in cents; 0 or more
 */
public record SpendBudget(String scope, long limitCents) {
    /** @throws IllegalArgumentException when the scope is blank or the limit negative */
    public SpendBudget {
        Objects.requireNonNull(scope, "scope");
        if (scope.isBlank() || limitCents < 0) {
            throw new IllegalArgumentException("a budget has a scope and a limit of 0 or more");
        }
    }

    /** Each scope with its strictest limit; stores look at scopes in this order, so that they never wait in a circle. */
    public static Map<String, Long> strictest(Collection<SpendBudget> budgets) {
        Map<String, Long> limits = new TreeMap<>();
        budgets.forEach(budget -> limits.merge(budget.scope, budget.limitCents, Math::min));
        return limits;
    }
}
