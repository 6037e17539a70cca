package ai.paybond.kit.wire.json;

/** The JSON value {@code null} (RFC 8259), which is not the same as an absent member. */
public enum JsonNull implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public String toString() {
        return toJson();
    }
}
