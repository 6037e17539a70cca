package ai.paybond.kit.wire.json;

import java.util.Objects;

/**
 * What a parser accepts before it gives up. A number has at most 1100 characters whatever the limits say. Source: this
 * library; RFC 8259 leaves limits to the reader.
 *
 * @param maxChars longest text, in UTF-16 units
 * @param maxDepth deepest nesting of arrays and objects, at most 512
 * @param duplicateKeys what to do when an object names a member twice
 */
public record JsonLimits(int maxChars, int maxDepth, DuplicateKeys duplicateKeys) {
    /** 4 Mi characters, 64 levels, duplicate keys refused. */
    public static final JsonLimits DEFAULT = new JsonLimits(4 << 20, 64, DuplicateKeys.REFUSE);

    static final int DEEPEST = 512;

    public JsonLimits {
        Objects.requireNonNull(duplicateKeys, "duplicateKeys");
        if (maxChars < 1 || maxDepth < 0 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("maxChars must be positive and maxDepth within 0..512");
        }
    }

    /** As a JavaScript program reads: 32 Mi characters, 512 levels, the last of several equal keys wins. */
    public static JsonLimits lenient() {
        return new JsonLimits(32 << 20, DEEPEST, DuplicateKeys.LAST_WINS);
    }

    /** What to do when an object names a member twice. */
    public enum DuplicateKeys {
        /** Refuse the text: two readers might see two values. */
        REFUSE,
        /** Keep the last value in the place of the first, as JavaScript does. */
        LAST_WINS
    }
}
