package ai.paybond.kit.internal.biscuit;

import biscuit.format.schema.Schema;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the work of evaluating a token's checks before any of it is done. A query is answered by trying every
 * combination of facts that its predicates could match, and the library looks at its own time limit only after such a
 * query, so the number of combinations is the one limit that holds.
 */
final class JoinBudget {

    /**
     * In combinations, each weighted by the operators that are evaluated on it. A profile token with eight narrowing
     * blocks stays below a tenth of this; the worst token within it takes some tens of milliseconds.
     */
    static final long MAX_COST = 65_536;

    private static final int COMBINATION_COST = 4;

    private final Map<String, Long> factsByName = new HashMap<>();
    private long cost;

    /** Starts with the facts that every verifier adds itself. */
    JoinBudget(int maxArguments, int maxHolders) {
        AmbientFacts.SINGLE_NAMES.forEach(name -> factsByName.put(name, 1L));
        factsByName.put(AmbientFacts.ARGUMENT, (long) maxArguments);
        factsByName.put(AmbientFacts.HOLDER, (long) maxHolders);
    }

    void countFact(String name) {
        factsByName.merge(name, 1L, Long::sum);
    }

    /** Spends what answering the query may cost. */
    void spend(Schema.RuleV2 query, SymbolBook symbols) throws RejectedTokenException {
        long operators = query.getExpressionsList().stream()
                .mapToLong(Schema.ExpressionV2::getOpsCount)
                .sum();
        cost += combinations(query, symbols) * (COMBINATION_COST + operators);
        RejectedTokenException.requireAtMost("steps of evaluation", cost, MAX_COST);
    }

    private long combinations(Schema.RuleV2 query, SymbolBook symbols) throws RejectedTokenException {
        long combinations = 1;
        for (Schema.PredicateV2 predicate : query.getBodyList()) {
            combinations *= Math.max(1, factsByName.getOrDefault(symbols.text(predicate.getName()), 0L));
            RejectedTokenException.requireAtMost("steps of evaluation", combinations, MAX_COST);
        }
        return combinations;
    }
}
