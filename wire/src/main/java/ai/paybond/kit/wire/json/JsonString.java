package ai.paybond.kit.wire.json;

import java.util.Objects;

/** A JSON string. May hold lone surrogates, which strict canonical JSON refuses. */
public record JsonString(String value) implements JsonValue {
    public JsonString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return toJson();
    }
}
