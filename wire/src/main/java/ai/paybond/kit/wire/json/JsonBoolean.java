package ai.paybond.kit.wire.json;

/** The JSON values {@code true} and {@code false} (RFC 8259). */
public enum JsonBoolean implements JsonValue {
    /** {@code true}. */
    TRUE,
    /** {@code false}. */
    FALSE;

    /** The JSON value of a Java boolean. */
    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The Java boolean of this value. */
    public boolean value() {
        return this == TRUE;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
