package ai.paybond.kit.wire.json;

import ai.paybond.kit.wire.Strictness;
import java.nio.charset.StandardCharsets;

/**
 * The one text of a JSON value that Paybond hashes: members sorted by UTF-16 unit with array-index keys first in numeric
 * order, numbers as ECMAScript prints them, no white space. Paybond Kit wire format, section 1. Close to RFC 8785, not
 * equal to it.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * Canonical text, or a refusal where the TypeScript kit and Harbor would disagree (sections 1 and 19).
     *
     * @throws JsonException {@code canonical.index_key} (a member named like an array index),
     *     {@code canonical.proto_key}, {@code canonical.key_order} (names that UTF-8 and UTF-16 sort differently),
     *     {@code canonical.surrogate}, {@code canonical.number_range} (beyond plus or minus 2^53 - 1, or beyond doubles) or
     *     {@code canonical.number_text} (a small fraction that is printed in two ways)
     */
    public static String strict(JsonValue value) {
        return JsonWriter.write(value, JsonWriter.Form.STRICT);
    }

    /** {@link #strict} in UTF-8. */
    public static byte[] strictBytes(JsonValue value) {
        return strict(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Exactly what the TypeScript kit hashes: drops {@code __proto__}, prints overflowing numbers as null, escapes lone
     * surrogates. Where {@link #strict} answers, both answer the same.
     */
    public static String lax(JsonValue value) {
        return JsonWriter.write(value, JsonWriter.Form.LAX);
    }

    /** {@link #lax} in UTF-8. */
    public static byte[] laxBytes(JsonValue value) {
        return lax(value).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] bytes(JsonValue value, Strictness strictness) {
        return strictness == Strictness.STRICT ? strictBytes(value) : laxBytes(value);
    }
}
