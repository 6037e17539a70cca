package ai.paybond.kit.wire.json;

import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value, thread-safe. Numbers keep the text they were written in; objects keep the order of their
 * members. What text may be like is for {@link JsonLimits} to say: by default 4 Mi characters, 64 levels, no member
 * twice. Source: RFC 8259; what is printed, Paybond Kit wire format, section 1.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {
    /**
     * Reads exactly one value of RFC 8259 JSON within {@link JsonLimits#DEFAULT}.
     *
     * @throws JsonException for anything else, with the code {@code json.syntax}, {@code json.duplicate_key},
     *     {@code json.depth}, {@code json.size} or {@code json.number_length}
     */
    static JsonValue parse(String json) {
        return parse(json, JsonLimits.DEFAULT);
    }

    /** As {@link #parse(String)}; bytes that are not well-formed UTF-8 are refused as {@code json.utf8}. */
    static JsonValue parse(byte[] utf8) {
        return JsonReader.read(utf8, JsonLimits.DEFAULT);
    }

    /** As {@link #parse(String)}, within the given limits. */
    static JsonValue parse(String json, JsonLimits limits) {
        return JsonReader.read(json, limits);
    }

    /** As {@link #parse(byte[])}, within the given limits. */
    static JsonValue parse(byte[] utf8, JsonLimits limits) {
        return JsonReader.read(utf8, limits);
    }

    /**
     * Takes null, Boolean, String, a number (Byte, Short, Integer, Long, BigInteger, finite Double, BigDecimal), a map
     * with text keys, an Iterable, an array, or a JsonValue.
     *
     * @throws IllegalArgumentException for any other class, anywhere inside, and for nesting beyond 512 levels
     */
    static JsonValue of(@Nullable Object java) {
        return JavaValues.toJson(java, 0);
    }

    /**
     * Compact text as JavaScript prints it: members in order with array-index keys first, numbers in ECMAScript form. A
     * number beyond the double range prints as {@code null}; {@link CanonicalJson#strict} refuses it instead.
     */
    default String toJson() {
        return JsonWriter.write(this, JsonWriter.Form.PLAIN);
    }

    /** Map, List, String, Boolean, Long, Double, BigDecimal (integers beyond 64 bits) or null. */
    default @Nullable Object toJava() {
        return JavaValues.fromJson(this);
    }
}
