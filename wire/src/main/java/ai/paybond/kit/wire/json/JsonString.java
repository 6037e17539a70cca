package ai.paybond.kit.wire.json;

import java.util.Objects;

/**
 * A JSON string (RFC 8259). May hold lone surrogates, which strict canonical JSON refuses. Immutable; no normalisation.
 *
 * @param value the text without escapes
 */
public record JsonString(String value) implements JsonValue {
    public JsonString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return toJson();
    }
}
