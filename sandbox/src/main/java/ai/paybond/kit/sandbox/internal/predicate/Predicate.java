package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;

/** A predicate over evidence. A path leads from the payload's root through member names and array positions. */
public sealed interface Predicate {
    /** The operator as documents write it. */
    String op();

    /** Whether {@code schema_valid} occurs anywhere in it. */
    default boolean asksAboutSchema() {
        return false;
    }

    /** {@code true} or {@code false}. */
    record Constant(boolean value) implements Predicate {
        @Override
        public String op() {
            return Boolean.toString(value);
        }
    }

    /** {@code all}: every one holds; none is asked after the first that does not. */
    record All(List<Predicate> args) implements Predicate {
        @Override
        public String op() {
            return "all";
        }

        @Override
        public boolean asksAboutSchema() {
            return args.stream().anyMatch(Predicate::asksAboutSchema);
        }
    }

    /** {@code any}: one holds; none is asked after the first that does. */
    record Any(List<Predicate> args) implements Predicate {
        @Override
        public String op() {
            return "any";
        }

        @Override
        public boolean asksAboutSchema() {
            return args.stream().anyMatch(Predicate::asksAboutSchema);
        }
    }

    /** {@code not}. */
    record Not(Predicate arg) implements Predicate {
        @Override
        public String op() {
            return "not";
        }

        @Override
        public boolean asksAboutSchema() {
            return arg.asksAboutSchema();
        }
    }

    /** {@code schema_valid}: the payload conforms to the intent's evidence schema. */
    record SchemaValid() implements Predicate {
        @Override
        public String op() {
            return "schema_valid";
        }

        @Override
        public boolean asksAboutSchema() {
            return true;
        }
    }

    /** {@code exists}: there is a value, JSON null included, at the path. */
    record Exists(List<String> path) implements Predicate {
        @Override
        public String op() {
            return "exists";
        }
    }

    /** A comparison with a constant. */
    record Compare(Comparison comparison, List<String> path, JsonValue value) implements Predicate {
        @Override
        public String op() {
            return comparison.op();
        }
    }

    /** {@code in}: the value at the path equals one of these. */
    record In(List<String> path, List<JsonValue> values) implements Predicate {
        @Override
        public String op() {
            return "in";
        }
    }

    /** {@code within_budget}: the number at the path is not negative and not more than the intent's amount in cents. */
    record WithinBudget(List<String> path) implements Predicate {
        @Override
        public String op() {
            return "within_budget";
        }
    }
}
