package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One mapping of a policy, read member by member; every deviation becomes an issue. */
record Section(JsonObject object, String path, Issues issues) {

    /** Refuses every other member. */
    Section only(String... names) {
        Set<String> known = Set.of(names);
        object.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> issues.add(PolicyCodes.UNKNOWN_KEY, at(name), "the schema has no such name here"));
        return this;
    }

    Section notEmpty() {
        if (object.members().isEmpty()) {
            issues.add(PolicyCodes.INVALID_VALUE, path, "must not be empty");
        }
        return this;
    }

    Section require(String... names) {
        for (String name : names) {
            if (!object.has(name)) {
                issues.add(PolicyCodes.MISSING_KEY, at(name), "is required");
            }
        }
        return this;
    }

    Section bool(String name) {
        return typed(name, object.bool(name), "true or false", value -> true, "");
    }

    Section text(String name, Pattern pattern) {
        return typed(
                name,
                object.string(name),
                "text",
                text -> pattern.matcher(text).matches(),
                "does not match " + pattern.pattern());
    }

    Section integer(String name, long least) {
        Optional<JsonNumber> number = number(name);
        return typed(
                name,
                number,
                "a number",
                value -> value.safeInteger().filter(it -> it >= least).isPresent(),
                "is not a whole number from " + least + " to 2^53 - 1");
    }

    Section amount(String name) {
        return typed(name, number(name), "a number", value -> value.doubleValue() >= 0, "is negative");
    }

    private Optional<JsonNumber> number(String name) {
        return object.get(name) instanceof JsonNumber number ? Optional.of(number) : Optional.empty();
    }

    private <T> Section typed(String name, Optional<T> value, String type, Predicate<T> allowed, String whyNot) {
        if (!object.has(name)) {
            return this;
        }
        if (value.isEmpty()) {
            issues.add(PolicyCodes.WRONG_TYPE, at(name), "is not " + type);
        } else if (!allowed.test(value.get())) {
            issues.add(PolicyCodes.INVALID_VALUE, at(name), whyNot);
        }
        return this;
    }

    /** The mapping of this name; empty, with an issue unless it is absent, for anything else. */
    Optional<Section> section(String name) {
        Optional<JsonObject> value = object.object(name);
        typed(name, value, "a mapping", it -> true, "");
        return value.map(it -> new Section(it, at(name), issues));
    }

    /** The sequence of this name; empty, with an issue unless it is absent, for anything else. */
    Optional<JsonArray> sequence(String name) {
        Optional<JsonArray> value = object.array(name);
        typed(name, value, "a list", it -> true, "");
        return value;
    }

    void report(String code, String name, String message) {
        issues.add(code, at(name), message);
    }

    String at(String name) {
        return YamlReader.pointer(path, name);
    }
}
