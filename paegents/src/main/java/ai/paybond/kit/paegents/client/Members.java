package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads members of replies whose form is not documented to the last: a number may be text, a list may be missing. */
final class Members {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,77})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?");

    private Members() {}

    /** @throws PaegentsApiException {@code reply.malformed} when it is missing */
    static String required(JsonObject object, String name) {
        return object.string(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> PaegentsApiException.malformed("the member " + name + " of the reply"));
    }

    /** @throws PaegentsApiException {@code reply.malformed} when it is missing */
    static JsonObject requiredObject(JsonObject object, String name) {
        return object.object(name)
                .orElseThrow(() -> PaegentsApiException.malformed("the member " + name + " of the reply"));
    }

    static Optional<BigInteger> whole(JsonObject object, String name) {
        return digits(object.get(name))
                .filter(text -> WHOLE.matcher(text).matches())
                .map(BigInteger::new);
    }

    static Optional<Long> integer(JsonObject object, String name) {
        return whole(object, name)
                .filter(number -> number.bitLength() < Long.SIZE)
                .map(BigInteger::longValue);
    }

    static Optional<BigDecimal> decimal(JsonObject object, String name) {
        return digits(object.get(name))
                .filter(text -> DECIMAL.matcher(text).matches())
                .map(BigDecimal::new);
    }

    private static Optional<String> digits(@Nullable JsonValue value) {
        if (value instanceof JsonNumber number) {
            return Optional.of(number.text());
        }
        return value instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    static <T> List<T> objects(JsonObject object, String name, Function<JsonObject, T> reader) {
        return object.array(name).map(array -> objects(array, reader)).orElse(List.of());
    }

    static <T> List<T> objects(JsonArray array, Function<JsonObject, T> reader) {
        return array.objectItems().map(reader).toList();
    }
}
