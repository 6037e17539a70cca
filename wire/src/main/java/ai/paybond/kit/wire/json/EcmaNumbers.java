package ai.paybond.kit.wire.json;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;

/** Prints doubles as ECMAScript's Number-to-String does. Java prints other layouts and, before release 19, other digits. */
final class EcmaNumbers {
    /** Up to here every whole number is a double, and printed with all its digits. */
    private static final double MAX_SAFE = (1L << 53) - 1;

    private EcmaNumbers() {}

    /** The text of a finite double. */
    static String print(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE) {
            return Long.toString((long) value);
        }
        String sign = value < 0 ? "-" : "";
        double magnitude = Math.abs(value);
        if (magnitude == Double.MIN_VALUE) {
            // one digit is enough to name the smallest double, but Java's rule asks for two
            return sign + "5e-324";
        }
        BigDecimal shortest = new BigDecimal(DoubleToDecimal.toString(magnitude)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        return sign + layOut(digits, digits.length() - shortest.scale());
    }

    /** The value is 0.DIGITS times ten to the power of {@code point}. */
    private static String layOut(String digits, int point) {
        int count = digits.length();
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        String mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int exponent = point - 1;
        return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
}
