package ai.paybond.kit.wire.json;

import ai.paybond.kit.wire.Strictness;
import java.nio.charset.StandardCharsets;

/**
 * The one text of a JSON value that Paybond hashes, in UTF-8:
 *
 * <ul>
 * <li>no white space; arrays in their order
 * <li>members sorted by UTF-16 unit, names that are array indexes (0 to 2^32 - 2) first in numeric order
 * <li>numbers as ECMAScript prints the nearest double: {@code 1.50} is {@code 1.5}, {@code 1e21} is {@code 1e+21}, -0
 * is 0
 * <li>in strings, quote, backslash and U+0000 to U+001F escaped, with {@code \b \t \n \f \r} where JSON has them; the
 * rest raw
 * </ul>
 *
 * Nesting beyond 512 levels is refused as {@code json.depth}. Source: Paybond Kit wire format, sections 1 and 19; close
 * to RFC 8785, not equal to it (index names, {@code __proto__}).
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

    /** {@link #strictBytes} or {@link #laxBytes}. */
    public static byte[] bytes(JsonValue value, Strictness strictness) {
        return strictness == Strictness.STRICT ? strictBytes(value) : laxBytes(value);
    }
}
