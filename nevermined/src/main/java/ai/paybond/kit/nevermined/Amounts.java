package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Unsigned 256-bit integers: decimal text when written, text or number when read. */
final class Amounts {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,78}");
    private static final int MAX_BITS = 256;

    private Amounts() {}

    static String text(BigInteger amount, String name) {
        if (amount.signum() < 0 || amount.bitLength() > MAX_BITS) {
            throw NeverminedException.validation(name + " is not an unsigned 256-bit integer");
        }
        return amount.toString();
    }

    static @Nullable String textOrNull(@Nullable BigInteger amount, String name) {
        return amount == null ? null : text(amount, name);
    }

    static Optional<BigInteger> read(JsonObject json, String member) {
        return digits(json.get(member))
                .filter(text -> DIGITS.matcher(text).matches())
                .map(BigInteger::new);
    }

    private static Optional<String> digits(@Nullable JsonValue value) {
        if (value instanceof JsonString string) {
            return Optional.of(string.value());
        }
        return value instanceof JsonNumber number ? Optional.of(number.text()) : Optional.empty();
    }
}
