package ai.paybond.kit.internal.biscuit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.biscuitsec.biscuit.datalog.FactSet;
import org.biscuitsec.biscuit.datalog.Origin;
import org.biscuitsec.biscuit.datalog.SymbolTable;
import org.biscuitsec.biscuit.token.builder.Fact;
import org.biscuitsec.biscuit.token.builder.Term;
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

    void stateTo(FactSet world, SymbolTable symbols) {
        Statement facts = new Statement(world, symbols);
        facts.state(TIME, new Term.Date(time));
        facts.state(TENANT, new Term.Str(tenantId));
        facts.state(INTENT, new Term.Str(intentId));
        facts.state(OPERATION, new Term.Str(operation));
        facts.state(SPEND, new Term.Integer(spendCents));
        if (currency != null) {
            facts.state(CURRENCY, new Term.Str(currency));
        }
        holders.forEach(holder -> facts.state(HOLDER, new Term.Str(holder)));
        arguments.forEach((path, value) -> facts.state(ARGUMENT, new Term.Str(path), term(value)));
    }

    private record Statement(FactSet world, SymbolTable symbols) {
        void state(String name, Term... terms) {
            world.add(Origin.authorizer(), new Fact(name, List.of(terms)).convert(symbols));
        }
    }

    static Term term(Scalar value) {
        if (value instanceof Scalar.Text text) {
            return new Term.Str(text.value());
        }
        if (value instanceof Scalar.Whole whole) {
            return new Term.Integer(whole.value());
        }
        return new Term.Bool(((Scalar.Flag) value).value());
    }
}
