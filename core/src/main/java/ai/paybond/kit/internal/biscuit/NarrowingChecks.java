package ai.paybond.kit.internal.biscuit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.biscuitsec.biscuit.token.builder.Check;
import org.biscuitsec.biscuit.token.builder.Expression;
import org.biscuitsec.biscuit.token.builder.Predicate;
import org.biscuitsec.biscuit.token.builder.Rule;
import org.biscuitsec.biscuit.token.builder.Term;
import org.biscuitsec.biscuit.token.builder.Utils;

/**
 * Turns restrictions into checks. Values only ever become terms, never Datalog text, so that no value can end a string
 * and continue as code.
 */
final class NarrowingChecks {

    private static final Term VALUE = new Term.Variable("v");

    private NarrowingChecks() {}

    static Check check(Narrowing narrowing) {
        if (narrowing instanceof Narrowing.OperationIn in) {
            return check(fact(AmbientFacts.OPERATION, VALUE), isIn(in.operations()));
        }
        if (narrowing instanceof Narrowing.SpendAtMost spend) {
            return check(fact(AmbientFacts.SPEND, VALUE), is(Expression.Op.LessOrEqual, integer(spend.cents())));
        }
        if (narrowing instanceof Narrowing.ExpiresAt expiry) {
            return check(
                    fact(AmbientFacts.TIME, VALUE), is(Expression.Op.LessThan, new Term.Date(expiry.epochSecond())));
        }
        if (narrowing instanceof Narrowing.HeldBy held) {
            Term name = new Term.Str(HolderName.of(held.holder()));
            return Utils.check(new Rule(fact("query"), List.of(fact(AmbientFacts.HOLDER, name)), List.of(), List.of()));
        }
        if (narrowing instanceof Narrowing.ArgumentIn in) {
            return check(argument(in.path()), isIn(in.values()));
        }
        Narrowing.ArgumentAtMost most = (Narrowing.ArgumentAtMost) narrowing;
        return check(argument(most.path()), is(Expression.Op.LessOrEqual, integer(most.maximum())));
    }

    private static Check check(Predicate body, Expression condition) {
        return Utils.check(new Rule(fact("query"), List.of(body), List.of(condition), List.of()));
    }

    private static Predicate argument(String path) {
        return fact(AmbientFacts.ARGUMENT, new Term.Str(path), VALUE);
    }

    private static Expression is(Expression.Op operator, Term bound) {
        return new Expression.Binary(operator, new Expression.Value(VALUE), new Expression.Value(bound));
    }

    private static Expression isIn(Set<Scalar> allowed) {
        Term set = new Term.Set(allowed.stream().map(NarrowingChecks::term).collect(Collectors.toSet()));
        return new Expression.Binary(Expression.Op.Contains, new Expression.Value(set), new Expression.Value(VALUE));
    }

    private static Predicate fact(String name, Term... terms) {
        return new Predicate(name, List.of(terms));
    }

    private static Term integer(long value) {
        return new Term.Integer(value);
    }

    private static Term term(Scalar value) {
        if (value instanceof Scalar.Text text) {
            return new Term.Str(text.value());
        }
        if (value instanceof Scalar.Whole whole) {
            return new Term.Integer(whole.value());
        }
        return new Term.Bool(((Scalar.Flag) value).value());
    }
}
