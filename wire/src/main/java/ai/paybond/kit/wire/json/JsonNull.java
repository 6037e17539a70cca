package ai.paybond.kit.wire.json;

/** The JSON value {@code null}. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return toJson();
    }
}
