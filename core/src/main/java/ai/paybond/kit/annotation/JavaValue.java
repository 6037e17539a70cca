package ai.paybond.kit.annotation;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Java values as JSON and back, without any guess: what is read back is equal to what was written, and whatever would have
 * to be converted is a mismatch.
 */
final class JavaValue {
    private static final int DEEPEST = 64;

    /** Types that are their own text. */
    private static final Map<Class<?>, Function<String, Object>> TEXTS = Map.ofEntries(
            Map.entry(UUID.class, UUID::fromString),
            Map.entry(URI.class, URI::create),
            Map.entry(Instant.class, Instant::parse),
            Map.entry(LocalDate.class, LocalDate::parse),
            Map.entry(LocalTime.class, LocalTime::parse),
            Map.entry(LocalDateTime.class, LocalDateTime::parse),
            Map.entry(OffsetDateTime.class, OffsetDateTime::parse),
            Map.entry(Duration.class, Duration::parse),
            Map.entry(Currency.class, Currency::getInstance));

    private static final Map<Class<?>, Function<JsonNumber, Object>> NUMBERS = Map.ofEntries(
            Map.entry(byte.class, number -> number.bigDecimalValue().byteValueExact()),
            Map.entry(Byte.class, number -> number.bigDecimalValue().byteValueExact()),
            Map.entry(short.class, number -> number.bigDecimalValue().shortValueExact()),
            Map.entry(Short.class, number -> number.bigDecimalValue().shortValueExact()),
            Map.entry(int.class, number -> number.bigDecimalValue().intValueExact()),
            Map.entry(Integer.class, number -> number.bigDecimalValue().intValueExact()),
            Map.entry(long.class, JsonNumber::longValueExact),
            Map.entry(Long.class, JsonNumber::longValueExact),
            Map.entry(double.class, JsonNumber::doubleValue),
            Map.entry(Double.class, JsonNumber::doubleValue),
            Map.entry(BigInteger.class, number -> number.bigDecimalValue().toBigIntegerExact()),
            Map.entry(BigDecimal.class, JsonNumber::bigDecimalValue));

    private static final Set<Class<?>> COLLECTIONS = Set.of(List.class, Collection.class, Set.class);

    private JavaValue() {}

    /**
     * Makes sure that every value of a type can be written and read.
     *
     * @throws ConfigurationException {@code tool.parameter_type} when it cannot
     */
    static void requireKnown(Type type, String where) {
        if (!isKnown(type, 0)) {
            throw new ConfigurationException(
                    "tool.parameter_type", where + " takes a " + type.getTypeName() + ", which has no form in JSON");
        }
    }

    private static boolean isKnown(Type type, int depth) {
        if (depth > DEEPEST) {
            return true; // a record that contains itself; values end somewhere
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] of = generic.getActualTypeArguments();
            return raw == Map.class
                    ? of[0] == String.class && isKnown(of[1], depth + 1)
                    : (COLLECTIONS.contains(raw) || raw == Optional.class) && isKnown(of[0], depth + 1);
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        boolean simple = plain == String.class
                || plain == boolean.class
                || plain == Boolean.class
                || plain.isEnum()
                || NUMBERS.containsKey(plain)
                || TEXTS.containsKey(plain)
                || JsonValue.class.isAssignableFrom(plain);
        return simple || (plain.isRecord() && areComponentsKnown(plain, depth));
    }

    private static boolean areComponentsKnown(Class<?> type, int depth) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getGenericType() != type && !isKnown(component.getGenericType(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException when the value has no JSON form */
    static JsonValue write(@Nullable Object value) {
        return write(value, 0);
    }

    private static JsonValue write(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested too deeply");
        }
        if (value == null || value instanceof JsonValue) {
            return value == null ? JsonNull.NULL : (JsonValue) value;
        }
        if (value instanceof Enum<?> constant) {
            return new JsonString(constant.name());
        }
        if (TEXTS.containsKey(value.getClass())) {
            return new JsonString(value.toString());
        }
        if (value instanceof Optional<?> optional) {
            return write(optional.orElse(null), depth + 1);
        }
        if (value instanceof Collection<?> items) {
            List<JsonValue> written = new ArrayList<>();
            items.forEach(item -> written.add(write(item, depth + 1)));
            return new JsonArray(written);
        }
        if (value instanceof Record record) {
            return object(Records.membersOf(record), depth);
        }
        return value instanceof Map<?, ?> map ? object(map, depth) : JsonValue.of(value);
    }

    private static JsonObject object(Map<?, ?> members, int depth) {
        Map<String, JsonValue> written = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("member names must be strings");
            }
            written.put(text, write(member, depth + 1));
        });
        return new JsonObject(written);
    }

    /** What an evidence mapper is shown: the value as JSON if it has such a form, otherwise as it is. */
    static @Nullable Object viewOf(@Nullable Object result) {
        if (result == null || result instanceof CharSequence) {
            return result;
        }
        try {
            return write(result);
        } catch (RuntimeException e) {
            return result;
        }
    }

    /**
     * Reads a value of a type.
     *
     * @throws ArgumentMismatchException when the JSON is not exactly such a value
     */
    static @Nullable Object read(JsonValue json, Type type) {
        Object value;
        try {
            value = readAs(json, type);
        } catch (RuntimeException e) {
            throw mismatch(type);
        }
        if (!write(value).equals(json)) {
            throw mismatch(type);
        }
        return value;
    }

    private static ArgumentMismatchException mismatch(Type type) {
        return new ArgumentMismatchException("an argument is not exactly a " + type.getTypeName());
    }

    private static @Nullable Object readAs(JsonValue json, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return generic(json, raw, generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        if (JsonValue.class.isAssignableFrom(plain)) {
            return plain.cast(json);
        }
        if (json instanceof JsonNull) {
            require(!plain.isPrimitive());
            return null;
        }
        if (json instanceof JsonNumber number) {
            return required(NUMBERS.get(plain)).apply(number);
        }
        if (json instanceof JsonBoolean bool) {
            require(plain == boolean.class || plain == Boolean.class);
            return bool.value();
        }
        if (json instanceof JsonObject object) {
            require(plain.isRecord());
            return Records.make(plain, object);
        }
        require(json instanceof JsonString);
        return text(((JsonString) json).value(), plain);
    }

    private static @Nullable Object generic(JsonValue json, Class<?> raw, Type[] of) {
        if (raw == Optional.class) {
            return json instanceof JsonNull ? Optional.empty() : Optional.ofNullable(readAs(json, of[0]));
        }
        if (json instanceof JsonNull) {
            return null;
        }
        if (raw == Map.class) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            ((JsonObject) json).members().forEach((name, member) -> map.put(name, readAs(member, of[1])));
            return Collections.unmodifiableMap(map);
        }
        List<@Nullable Object> items = new ArrayList<>();
        ((JsonArray) json).items().forEach(item -> items.add(readAs(item, of[0])));
        return raw == Set.class
                ? Collections.unmodifiableSet(new LinkedHashSet<>(items))
                : Collections.unmodifiableList(items);
    }

    private static Object text(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
        }
        return required(TEXTS.get(type)).apply(text);
    }

    private static <T> T required(@Nullable T value) {
        require(value != null);
        return java.util.Objects.requireNonNull(value);
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("another type");
        }
    }
}
