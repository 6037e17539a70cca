package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies a predicate to one payload. Pure: the same inputs give the same answer and trace. A value that is not there, or
 * cannot be compared, is an error and not a no. Used once.
 */
public final class PredicateEvaluator {
    static final int FUEL = 10_000;

    private final JsonValue payload;
    private final long amountCents;
    private final BooleanSupplier schemaValid;
    private final List<Evaluation.Step> trace = new ArrayList<>();
    private int fuel = FUEL;

    private PredicateEvaluator(JsonValue payload, long amountCents, BooleanSupplier schemaValid) {
        this.payload = payload;
        this.amountCents = amountCents;
        this.schemaValid = schemaValid;
    }

    /** @throws PredicateException when the payload has no answer to what the predicate asks, or fuel runs out */
    public static Evaluation evaluate(
            Predicate predicate, JsonValue payload, long amountCents, BooleanSupplier schemaValid) {
        PredicateEvaluator evaluator = new PredicateEvaluator(payload, amountCents, schemaValid);
        try {
            return new Evaluation(evaluator.holds(predicate, List.of("root")), evaluator.trace);
        } catch (ArithmeticException e) {
            throw new PredicateException("A number in the evidence is too large to compare.", List.of());
        }
    }

    private boolean holds(Predicate predicate, List<String> at) {
        burn(1);
        boolean passed = answer(predicate, at);
        trace.add(new Evaluation.Step(at, predicate.op(), passed));
        return passed;
    }

    private boolean answer(Predicate predicate, List<String> at) {
        if (predicate instanceof Predicate.Constant constant) {
            return constant.value();
        } else if (predicate instanceof Predicate.All all) {
            return !anyIs(false, all.args(), at);
        } else if (predicate instanceof Predicate.Any any) {
            return anyIs(true, any.args(), at);
        } else if (predicate instanceof Predicate.Not not) {
            return !holds(not.arg(), below(at, "arg"));
        } else if (predicate instanceof Predicate.SchemaValid) {
            return schemaValid.getAsBoolean();
        } else if (predicate instanceof Predicate.Exists exists) {
            return find(exists.path()) != null;
        } else if (predicate instanceof Predicate.Compare compare) {
            return compare(compare);
        } else if (predicate instanceof Predicate.In in) {
            JsonValue value = value(in.path());
            burn(in.values().size());
            return in.values().stream().anyMatch(candidate -> Scalars.same(value, candidate));
        } else {
            return withinBudget((Predicate.WithinBudget) predicate);
        }
    }

    private boolean anyIs(boolean wanted, List<Predicate> args, List<String> at) {
        for (int i = 0; i < args.size(); i++) {
            if (holds(args.get(i), below(at, "args", Integer.toString(i))) == wanted) {
                return true;
            }
        }
        return false;
    }

    private boolean compare(Predicate.Compare compare) {
        JsonValue value = value(compare.path());
        if (compare.comparison().isEquality()) {
            return compare.comparison().accepts(Scalars.same(value, compare.value()) ? 0 : 1);
        }
        OptionalInt sign = Scalars.compare(value, compare.value());
        if (sign.isEmpty()) {
            throw new PredicateException(
                    "Evidence at " + text(compare.path()) + " cannot be compared.", compare.path());
        }
        return compare.comparison().accepts(sign.getAsInt());
    }

    private boolean withinBudget(Predicate.WithinBudget predicate) {
        if (!(value(predicate.path()) instanceof JsonNumber number)) {
            throw new PredicateException(
                    "Evidence at " + text(predicate.path()) + " is not a number.", predicate.path());
        }
        return Scalars.compare(number, JsonNumber.of(0)).orElseThrow() >= 0
                && Scalars.compare(number, JsonNumber.of(amountCents)).orElseThrow() <= 0;
    }

    private JsonValue value(List<String> path) {
        @Nullable JsonValue value = find(path);
        if (value == null) {
            throw new PredicateException("Evidence has no value at " + text(path) + ".", path);
        }
        return value;
    }

    private @Nullable JsonValue find(List<String> path) {
        @Nullable JsonValue here = payload;
        for (String step : path) {
            burn(1);
            here = step(here, step);
        }
        return here;
    }

    private static @Nullable JsonValue step(@Nullable JsonValue from, String step) {
        if (from instanceof JsonObject object) {
            return object.get(step);
        }
        if (from instanceof JsonArray array && step.matches("0|[1-9][0-9]{0,6}")) {
            int index = Integer.parseInt(step);
            return index < array.items().size() ? array.items().get(index) : null;
        }
        return null;
    }

    private void burn(int units) {
        fuel -= units;
        if (fuel < 0) {
            throw new PredicateException("The predicate takes too many steps.", List.of());
        }
    }

    private static List<String> below(List<String> at, String... steps) {
        List<String> path = new ArrayList<>(at);
        path.addAll(List.of(steps));
        return path;
    }

    private static String text(List<String> path) {
        return String.join(".", path);
    }
}
