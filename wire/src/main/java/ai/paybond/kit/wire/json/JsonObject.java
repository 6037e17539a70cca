package ai.paybond.kit.wire.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object (RFC 8259). Immutable. Members keep their order for printing; equality does not look at it. The typed
 * getters never throw: what is absent, null or of another type is empty.
 *
 * @param members copied, in order; never a null value, JSON null is {@link JsonNull#NULL}
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
        Map<String, JsonValue> copy = new LinkedHashMap<>(members);
        copy.forEach((name, value) -> {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        });
        members = Collections.unmodifiableMap(copy);
    }

    /** Values as {@link JsonValue#of} takes them. */
    public static JsonObject of(Map<String, ?> members) {
        Builder builder = builder();
        members.forEach(builder::put);
        return builder.build();
    }

    /**
     * Reads an object within {@link JsonLimits#DEFAULT}.
     *
     * @throws JsonException as {@link JsonValue#parse(String)}, and {@code json.not_object} for any other value
     */
    public static JsonObject parse(String json) {
        return require(JsonValue.parse(json));
    }

    /**
     * Reads an object from UTF-8 within {@link JsonLimits#DEFAULT}.
     *
     * @throws JsonException as {@link JsonValue#parse(byte[])}, and {@code json.not_object} for any other value
     */
    public static JsonObject parse(byte[] utf8) {
        return require(JsonValue.parse(utf8));
    }

    /**
     * Reads an object within the given limits.
     *
     * @throws JsonException as {@link #parse(String)}
     */
    public static JsonObject parse(String json, JsonLimits limits) {
        return require(JsonValue.parse(json, limits));
    }

    private static JsonObject require(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("json.not_object", "", -1);
    }

    /** A builder without members. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of a member; null when it is absent. */
    public @Nullable JsonValue get(String name) {
        return members.get(name);
    }

    /** True if the member is there, even as {@code null}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The text of a member; empty when it is absent, null or no string. */
    public Optional<String> string(String name) {
        return get(name) instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    /** An exact integer within plus or minus 2^53 - 1; empty when absent, null or anything else. */
    public Optional<Long> integer(String name) {
        return get(name) instanceof JsonNumber number ? number.safeInteger() : Optional.empty();
    }

    /** A JSON boolean; empty when absent, null or of another type. */
    public Optional<Boolean> bool(String name) {
        return get(name) instanceof JsonBoolean bool ? Optional.of(bool.value()) : Optional.empty();
    }

    /** A member that is an object; empty when absent, null or of another type. */
    public Optional<JsonObject> object(String name) {
        return get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** A member that is an array; empty when absent, null or of another type. */
    public Optional<JsonArray> array(String name) {
        return get(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** A copy in which the member has the value, in its old place or at the end. */
    public JsonObject with(String name, @Nullable Object value) {
        return builder().putAll(this).put(name, value).build();
    }

    /** A copy without the member. */
    public JsonObject without(String name) {
        Map<String, JsonValue> copy = new LinkedHashMap<>(members);
        copy.remove(name);
        return new JsonObject(copy);
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** Collects members in the order they are put. Not thread-safe. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /** Sets a member, replacing an earlier one in its place; a Java null becomes JSON null. */
        public Builder put(String name, @Nullable Object value) {
            members.put(Objects.requireNonNull(name, "name"), JsonValue.of(value));
            return this;
        }

        /** As {@link #put} unless the value is null, which leaves the member out. */
        public Builder putIfPresent(String name, @Nullable Object value) {
            return value == null ? this : put(name, value);
        }

        /** Sets all members of another object, in its order. */
        public Builder putAll(JsonObject other) {
            members.putAll(other.members);
            return this;
        }

        /** The object as collected so far; the builder can go on. */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
