package ai.paybond.kit.wire.json;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON number (RFC 8259) as it was written. Immutable. Two numbers are equal if their texts are, so {@code 1} is not
 * {@code 1.0}; printed, both are {@code 1}. Exact integers are taken within plus or minus 2^53 - 1, where every reader
 * sees the same number. Source: Paybond Kit wire format, section 1, and ECMAScript's Number-to-String.
 *
 * @param text a JSON number, of any length unless it was parsed ({@link JsonLimits})
 */
public record JsonNumber(String text) implements JsonValue {
    private static final Pattern SYNTAX = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final long MAX_SAFE = (1L << 53) - 1;
    private static final int MAX_SCALE = 10_000;

    /** @throws IllegalArgumentException if the text is not a JSON number */
    public JsonNumber {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("not a JSON number");
        }
    }

    /** The number in decimal digits. */
    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /**
     * The number as ECMAScript prints it.
     *
     * @throws IllegalArgumentException for NaN and the infinities
     */
    public static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a finite number");
        }
        return new JsonNumber(EcmaNumbers.print(value));
    }

    /** The nearest double; infinite if the number is beyond the range of doubles. */
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    /** True if the nearest double is a whole number, as ECMAScript's {@code Number.isInteger}. */
    public boolean isInteger() {
        double value = doubleValue();
        return Double.isFinite(value) && value == Math.rint(value);
    }

    /**
     * The number as a long; {@code 1e2} and {@code 1.0} are integers too.
     *
     * @throws ArithmeticException if the number is not exactly a 64-bit integer
     */
    public long longValueExact() {
        return bigDecimalValue().longValueExact();
    }

    /**
     * The exact number.
     *
     * @throws ArithmeticException if the exponent is beyond plus or minus 10000
     */
    public BigDecimal bigDecimalValue() {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new ArithmeticException("exponent out of range");
        }
        if (Math.abs((long) value.scale()) > MAX_SCALE) {
            throw new ArithmeticException("exponent out of range");
        }
        return value;
    }

    /** The value if it is exactly an integer that every double-based reader also sees, within plus or minus 2^53 - 1. */
    public Optional<Long> safeInteger() {
        try {
            long value = longValueExact();
            return Math.abs(value) <= MAX_SAFE && value != Long.MIN_VALUE ? Optional.of(value) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
