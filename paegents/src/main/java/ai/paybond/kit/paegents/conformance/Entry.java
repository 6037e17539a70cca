package ai.paybond.kit.paegents.conformance;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One entry under test. Keeps the first mismatch and the number of checks. */
final class Entry {
    private final String label;
    private final JsonObject vector;
    private int checks;
    private boolean failed;
    private String expected = "";
    private String actual = "";

    Entry(String position, JsonObject vector) {
        this.vector = vector;
        String name = vector.string("label").or(() -> vector.string("keyLabel")).orElse("");
        this.label = name.isEmpty() ? position : position + " " + name;
    }

    Outcome run(Consumer<Entry> test) {
        try {
            test.accept(this);
        } catch (RuntimeException e) {
            compare("an entry that can be run", describe(e));
        }
        if (checks == 0) {
            compare("at least one check", "none");
        }
        return new Outcome(label, !failed, expected, actual, "");
    }

    JsonObject vector() {
        return vector;
    }

    boolean has(String member) {
        return vector.has(member);
    }

    String text(String member) {
        return text(vector, member);
    }

    static String text(JsonObject object, String member) {
        JsonValue value = object.get(member);
        if (value instanceof JsonNumber number) {
            return number.text();
        }
        return object.string(member).orElseThrow(() -> new IllegalArgumentException("no text " + member));
    }

    JsonObject object(String member) {
        return object(vector, member);
    }

    static JsonObject object(JsonObject holder, String member) {
        return holder.object(member).orElseThrow(() -> new IllegalArgumentException("no object " + member));
    }

    /** If the entry has the member, the computed value must print the same. */
    void same(String member, Supplier<?> computed) {
        JsonValue wanted = vector.get(member);
        if (wanted != null) {
            compare(print(wanted), compute(computed));
        }
    }

    /** Equal to a value the runner worked out itself. */
    void equal(Object wanted, Supplier<?> computed) {
        compare(print(wanted), compute(computed));
    }

    /** The entry must be refused with a typed exception. */
    void refused(Supplier<?> computed) {
        String given;
        try {
            given = print(computed.get());
        } catch (WireException e) {
            given = "a refusal";
        }
        compare("a refusal", given);
    }

    private static String compute(Supplier<?> computed) {
        try {
            return print(computed.get());
        } catch (RuntimeException e) {
            return describe(e);
        }
    }

    private void compare(String wanted, String given) {
        checks++;
        if (!failed && !wanted.equals(given)) {
            failed = true;
            expected = wanted;
            actual = given;
        }
    }

    private static String print(Object value) {
        return value instanceof JsonString string ? string.value() : String.valueOf(value);
    }

    private static String describe(RuntimeException e) {
        return e instanceof WireException refusal ? "refused: " + refusal.code() : "threw " + e;
    }
}
