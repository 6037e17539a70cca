package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the members of a request that have to be there. */
final class Wanted {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,78}");

    private Wanted() {}

    static String text(JsonObject json, String name) {
        return json.string(name)
                .filter(text -> !text.isBlank() && text.length() <= 200_000)
                .orElseThrow(() -> RefusedException.invalid(name + " is required"));
    }

    static JsonObject object(JsonObject json, String name) {
        return json.object(name).orElseThrow(() -> RefusedException.invalid(name + " is required"));
    }

    static BigInteger amount(JsonObject json, String name) {
        return optionalAmount(json, name).orElseThrow(() -> RefusedException.invalid(name + " is required"));
    }

    /** Empty if it is absent or null; refused if it is there and no unsigned integer, as text or number. */
    static Optional<BigInteger> optionalAmount(JsonObject json, String name) {
        @Nullable JsonValue value = json.get(name);
        if (value == null || value instanceof JsonNull) {
            return Optional.empty();
        }
        String digits = value instanceof JsonString text
                ? text.value()
                : value instanceof JsonNumber number ? number.text() : "";
        if (!DIGITS.matcher(digits).matches()) {
            throw RefusedException.invalid(name + " must be an unsigned integer");
        }
        return Optional.of(new BigInteger(digits));
    }
}
