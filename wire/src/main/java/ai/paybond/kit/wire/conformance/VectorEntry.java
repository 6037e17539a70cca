package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One entry under test. Keeps the first mismatch and the number of checks. */
final class VectorEntry {
    /** Longest thing an entry may ask to be made, in bytes, characters or items. */
    static final int MAX_SIZE = 4 << 20;

    private static final String REFUSAL = "a refusal";
    private static final int MAX_DIGITS = 1100;

    private final String label;
    private final JsonObject vector;
    private int checks;
    private String expected = "";
    private String actual = "";
    private String departure = "";
    private boolean failed;

    VectorEntry(String position, JsonObject vector) {
        this.vector = vector;
        this.label = position + vector.string("name").map(name -> " " + name).orElse("");
    }

    Outcome run(Consumer<VectorEntry> test) {
        try {
            test.accept(this);
        } catch (RuntimeException e) {
            compare("an entry that can be run", describe(e));
        }
        if (checks == 0) {
            compare("at least one check", "none");
        }
        return new Outcome(label, !failed, expected, actual, departure);
    }

    JsonObject vector() {
        return vector;
    }

    JsonObject input() {
        return vector.object("input").orElseThrow(() -> new IllegalArgumentException("no input"));
    }

    String name() {
        return vector.string("name").orElse("");
    }

    /** A text member that must be there. */
    String text(String member) {
        return text(vector, member);
    }

    static String text(JsonObject object, String member) {
        return object.string(member).orElseThrow(() -> new IllegalArgumentException("no text " + member));
    }

    /** A number of things to make, held to {@link #MAX_SIZE}. */
    int size(String member) {
        return size(vector, member);
    }

    private static int size(JsonObject object, String member) {
        long size = object.integer(member).orElseThrow(() -> new IllegalArgumentException("no integer " + member));
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException(member + " is not within 0.." + MAX_SIZE);
        }
        return (int) size;
    }

    /** The text of one member as often as another says, held to {@link #MAX_SIZE}. */
    static String repeated(JsonObject object, String text, String count) {
        String unit = text(object, text);
        int times = size(object, count);
        if ((long) unit.length() * times > MAX_SIZE) {
            throw new IllegalArgumentException(text + " is repeated too often");
        }
        return unit.repeat(times);
    }

    /** An integer, given as a JSON number or as its text. */
    static BigInteger integer(@Nullable JsonValue value) {
        String text = value instanceof JsonString string
                ? string.value()
                : value instanceof JsonNumber number ? number.text() : "";
        try {
            return bounded(text).toBigIntegerExact();
        } catch (NumberFormatException e) {
            throw new WireException("integer.text", "not a number");
        } catch (ArithmeticException e) {
            throw new WireException("integer.text", "not an integer");
        }
    }

    /** Short in writing and in full, so that {@code 1e999999999} is not spelled out. */
    private static BigDecimal bounded(String text) {
        if (text.length() > MAX_DIGITS) {
            throw new NumberFormatException("too long");
        }
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw new ArithmeticException("exponent out of range");
        }
        return number;
    }

    /** A member holding JSON text, read as leniently as JavaScript reads it. */
    JsonValue json(String member) {
        return parse(text(member));
    }

    static JsonValue parse(String text) {
        return JsonValue.parse(text, JsonLimits.lenient());
    }

    JsonObject object(String member) {
        return JsonObject.parse(text(member), JsonLimits.lenient());
    }

    /** True unless the entry says {@code ok: false}. */
    boolean isOk() {
        return vector.bool("ok").orElse(true);
    }

    /** If the entry has the member, the computed value must print the same. */
    void same(String member, Supplier<?> computed) {
        JsonValue wanted = vector.get(member);
        if (wanted != null) {
            compare(print(wanted), compute(computed));
        }
    }

    /** The entry must be refused with a typed exception. */
    void refused(Supplier<?> computed) {
        try {
            compare(REFUSAL, String.valueOf(computed.get()));
        } catch (WireException e) {
            compare(REFUSAL, REFUSAL);
        }
    }

    /** Refused if the entry says so, otherwise equal to the member. */
    void sameOrRefused(String member, Supplier<?> computed) {
        if (isOk()) {
            same(member, computed);
        } else {
            refused(computed);
        }
    }

    /** Equal to a value the runner worked out itself. */
    void equal(Object wanted, Supplier<?> computed) {
        compare(String.valueOf(wanted), compute(computed));
    }

    /** An answer of yes or no, a typed refusal counting as no. */
    void verdict(boolean wanted, Supplier<Boolean> computed) {
        boolean given;
        try {
            given = computed.get();
        } catch (WireException e) {
            given = false;
        }
        compare(wanted ? "accepted" : "refused", given ? "accepted" : "refused");
    }

    /** This library refuses on purpose what the entry computes; the entry counts as passed and is listed. */
    void departs(String reason) {
        checks++;
        departure = reason;
    }

    private static String compute(Supplier<?> computed) {
        try {
            Object value = computed.get();
            return value instanceof JsonValue json ? print(json) : String.valueOf(value);
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

    private static String print(JsonValue value) {
        return value instanceof JsonString string ? string.value() : value.toJson();
    }

    private static String describe(RuntimeException e) {
        return e instanceof WireException wire ? "refused: " + wire.code() : "threw " + e;
    }
}
