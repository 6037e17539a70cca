package ai.paybond.kit.wire.json;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain Java values to JSON values and back. */
final class JavaValues {
    private JavaValues() {}

    static JsonValue toJson(@Nullable Object java, int depth) {
        if (depth > JsonLimits.DEEPEST) {
            throw new IllegalArgumentException("nested too deeply");
        }
        if (java == null) {
            return JsonNull.NULL;
        }
        if (java instanceof JsonValue value) {
            return value;
        }
        if (java instanceof String string) {
            return new JsonString(string);
        }
        if (java instanceof Boolean bool) {
            return JsonBoolean.of(bool);
        }
        if (java instanceof Number number) {
            return number(number);
        }
        if (java instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        if (java instanceof Iterable<?> items) {
            return array(items, depth);
        }
        if (java.getClass().isArray()) {
            return array(elements(java), depth);
        }
        throw new IllegalArgumentException("no JSON form for " + java.getClass().getName());
    }

    private static JsonNumber number(Number number) {
        if (number instanceof Double value) {
            return JsonNumber.of(value.doubleValue());
        }
        boolean exact = number instanceof Byte
                || number instanceof Short
                || number instanceof Integer
                || number instanceof Long
                || number instanceof BigInteger
                || number instanceof BigDecimal;
        if (!exact) {
            throw new IllegalArgumentException(
                    "no JSON form for " + number.getClass().getName());
        }
        return new JsonNumber(number.toString());
    }

    private static JsonObject object(Map<?, ?> map, int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("member names must be strings");
            }
            members.put(text, toJson(value, depth + 1));
        });
        return new JsonObject(members);
    }

    private static JsonArray array(Iterable<?> elements, int depth) {
        List<JsonValue> items = new ArrayList<>();
        elements.forEach(element -> items.add(toJson(element, depth + 1)));
        return new JsonArray(items);
    }

    private static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    static @Nullable Object fromJson(JsonValue json) {
        if (json instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.members().forEach((name, value) -> map.put(name, fromJson(value)));
            return Collections.unmodifiableMap(map);
        }
        if (json instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.items().forEach(item -> list.add(fromJson(item)));
            return Collections.unmodifiableList(list);
        }
        if (json instanceof JsonString string) {
            return string.value();
        }
        if (json instanceof JsonNumber number) {
            return javaNumber(number);
        }
        return json instanceof JsonBoolean bool ? bool.value() : null;
    }

    private static Object javaNumber(JsonNumber number) {
        boolean digitsOnly = number.text().chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (!digitsOnly) {
            return number.doubleValue();
        }
        BigDecimal value = new BigDecimal(number.text());
        boolean fits = value.toBigInteger().bitLength() < Long.SIZE;
        return fits ? (Object) value.longValueExact() : value;
    }
}
