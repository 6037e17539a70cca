package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads predicate documents, {@code {"version": 1, "root": {"op": ...}}}, within fixed limits. Used once per document. */
public final class PredicateParser {
    static final int MAX_DEPTH = 16;
    static final int MAX_NODES = 256;
    static final int MAX_PATH = 16;
    static final int MAX_BYTES = 64 << 10;

    private int nodes;

    private PredicateParser() {}

    /** @throws PredicateException when the document is not a predicate, or too large for one */
    public static Predicate parse(JsonValue document) {
        if (document.toJson().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new PredicateException("The predicate is larger than 64 KiB.", List.of());
        }
        if (!(document instanceof JsonObject object)
                || !object.members().keySet().equals(Set.of("version", "root"))) {
            throw new PredicateException("A predicate has exactly version and root.", List.of());
        }
        if (!object.integer("version").equals(Optional.of(1L))) {
            throw new PredicateException("Only predicate version 1 is known.", List.of("version"));
        }
        return new PredicateParser().node(object.get("root"), List.of("root"));
    }

    private Predicate node(@Nullable JsonValue value, List<String> at) {
        if (++nodes > MAX_NODES) {
            throw new PredicateException("The predicate has more than 256 nodes.", at);
        }
        if (depth(at) > MAX_DEPTH) {
            throw new PredicateException("The predicate is nested more than 16 deep.", at);
        }
        if (!(value instanceof JsonObject object)) {
            throw new PredicateException("A predicate node is an object.", at);
        }
        return node(object, object.string("op").orElse(""), at);
    }

    private Predicate node(JsonObject node, String op, List<String> at) {
        return switch (op) {
            case "true" -> leaf(node, at, new Predicate.Constant(true));
            case "false" -> leaf(node, at, new Predicate.Constant(false));
            case "schema_valid" -> leaf(node, at, new Predicate.SchemaValid());
            case "all" -> new Predicate.All(args(node, at));
            case "any" -> new Predicate.Any(args(node, at));
            case "not" -> new Predicate.Not(arg(node, at));
            case "exists" -> new Predicate.Exists(path(only(node, at, "path"), at));
            case "within_budget" -> new Predicate.WithinBudget(path(only(node, at, "path"), at));
            case "in" -> new Predicate.In(path(only(node, at, "path", "values"), at), values(node, at));
            case "eq", "ne", "lt", "lte", "gt", "gte" -> compare(node, op, at);
            default -> throw new PredicateException("There is no such operator.", at);
        };
    }

    private static Predicate leaf(JsonObject node, List<String> at, Predicate predicate) {
        only(node, at);
        return predicate;
    }

    private List<Predicate> args(JsonObject node, List<String> at) {
        JsonArray args = only(node, at, "args")
                .array("args")
                .orElseThrow(() -> new PredicateException("args must be a list.", at));
        List<Predicate> predicates = new ArrayList<>();
        for (int i = 0; i < args.items().size(); i++) {
            predicates.add(node(args.items().get(i), below(at, "args", Integer.toString(i))));
        }
        if (predicates.isEmpty()) {
            throw new PredicateException("args must not be empty.", at);
        }
        return predicates;
    }

    private Predicate arg(JsonObject node, List<String> at) {
        return node(only(node, at, "arg").get("arg"), below(at, "arg"));
    }

    private static Predicate compare(JsonObject node, String op, List<String> at) {
        Comparison comparison = Comparison.valueOf(op.toUpperCase(Locale.ROOT));
        JsonValue value = scalar(only(node, at, "path", "value").get("value"), at);
        if (!comparison.isEquality() && !Scalars.isOrdered(value)) {
            throw new PredicateException("Only numbers and strings can be put in order.", at);
        }
        return new Predicate.Compare(comparison, path(node, at), value);
    }

    private static List<JsonValue> values(JsonObject node, List<String> at) {
        List<JsonValue> values = node.array("values")
                .orElseThrow(() -> new PredicateException("values must be a list.", at))
                .items();
        values.forEach(value -> scalar(value, at));
        return values;
    }

    private static JsonValue scalar(@Nullable JsonValue value, List<String> at) {
        if (value == null || !Scalars.isScalar(value)) {
            throw new PredicateException("A comparison is with a string, number, boolean or null.", at);
        }
        return value;
    }

    private static List<String> path(JsonObject node, List<String> at) {
        List<String> path = node.array("path")
                .flatMap(JsonArray::strings)
                .orElseThrow(() -> new PredicateException("path must be a list of strings.", at));
        if (path.isEmpty() || path.size() > MAX_PATH) {
            throw new PredicateException("path must have 1 to 16 steps.", at);
        }
        return path;
    }

    /** A member that nobody reads could be one that somebody relied on. */
    private static JsonObject only(JsonObject node, List<String> at, String... members) {
        for (String name : node.members().keySet()) {
            if (!name.equals("op") && !List.of(members).contains(name)) {
                throw new PredicateException("The operator has no such member.", below(at, name));
            }
        }
        return node;
    }

    private static List<String> below(List<String> at, String... steps) {
        List<String> path = new ArrayList<>(at);
        path.addAll(List.of(steps));
        return path;
    }

    private static int depth(List<String> at) {
        return (int) at.stream()
                .filter(step -> step.equals("root") || step.equals("args") || step.equals("arg"))
                .count();
    }
}
