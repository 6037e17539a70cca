package ai.paybond.kit.internal.biscuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.biscuitsec.biscuit.datalog.Fact;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.datalog.Term;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier states about the call, for the checks in a token to look at.
 *
 * @param time in whole seconds since 1970, rounded down
 * @param arguments the call's scalar arguments by path
 * @param holders the holders, as {@link HolderName} writes them, of whom it was proved that they stand behind the call
 */
public record AmbientFacts(
        long time,
        String tenantId,
        String intentId,
        String operation,
        long spendCents,
        @Nullable String currency,
        Map<String, Scalar> arguments,
        Set<String> holders) {

    static final String TIME = "time";
    static final String TENANT = "request_tenant";
    static final String INTENT = "request_intent";
    static final String OPERATION = "request_operation";
    static final String SPEND = "request_spend_cents";
    static final String CURRENCY = "request_currency";
    static final String ARGUMENT = "arg";
    static final String HOLDER = "request_holder";

    static final Set<String> SINGLE_NAMES = Set.of(TIME, TENANT, INTENT, OPERATION, SPEND, CURRENCY);

    /** Whether only a verifier may state facts of this name. */
    static boolean isReserved(String name) {
        return SINGLE_NAMES.contains(name) || name.equals(ARGUMENT) || name.equals(HOLDER);
    }

    /**
     * The facts that go by these names, by the names' symbols.
     *
     * @param symbols the token's, to which the call's texts are added
     */
    Map<Long, List<Fact>> stated(Set<String> asked, SymbolTable symbols) {
        Statement facts = new Statement(asked, symbols, new HashMap<>());
        facts.state(TIME, () -> new Term.Date(time));
        facts.state(TENANT, tenantId);
        facts.state(INTENT, intentId);
        facts.state(OPERATION, operation);
        facts.state(SPEND, () -> new Term.Integer(spendCents));
        if (currency != null) {
            facts.state(CURRENCY, currency);
        }
        holders.forEach(holder -> facts.state(HOLDER, holder));
        if (asked.contains(ARGUMENT)) {
            arguments.forEach((path, value) -> facts.add(ARGUMENT, facts.text(path), facts.scalar(value)));
        }
        return facts.byName;
    }

    private record Statement(Set<String> asked, SymbolTable symbols, Map<Long, List<Fact>> byName) {

        void state(String name, String value) {
            state(name, () -> text(value));
        }

        void state(String name, Supplier<Term> value) {
            if (asked.contains(name)) {
                add(name, value.get());
            }
        }

        void add(String name, Term... terms) {
            long symbol = symbols.insert(name);
            byName.computeIfAbsent(symbol, unused -> new ArrayList<>()).add(new Fact(symbol, List.of(terms)));
        }

        Term text(String value) {
            return new Term.Str(symbols.insert(value));
        }

        Term scalar(Scalar value) {
            if (value instanceof Scalar.Text text) {
                return text(text.value());
            }
            if (value instanceof Scalar.Whole whole) {
                return new Term.Integer(whole.value());
            }
            return new Term.Bool(((Scalar.Flag) value).value());
        }
    }
}
