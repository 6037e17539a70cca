package ai.paybond.kit.wire.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JSON array (RFC 8259). Immutable.
 *
 * @param items copied; never null, JSON null is {@link JsonNull#NULL}
 */
public record JsonArray(List<JsonValue> items) implements JsonValue {
    public JsonArray {
        items = List.copyOf(items);
    }

    /** Elements as {@link JsonValue#of} takes them. */
    public static JsonArray of(Iterable<?> elements) {
        List<JsonValue> items = new ArrayList<>();
        elements.forEach(element -> items.add(JsonValue.of(element)));
        return new JsonArray(items);
    }

    /** The elements as strings, or empty if any is not one. */
    public Optional<List<String>> strings() {
        List<String> strings = stringItems().toList();
        return strings.size() == items.size() ? Optional.of(strings) : Optional.empty();
    }

    /** The elements that are strings; the others are passed over. */
    public Stream<String> stringItems() {
        return items.stream().filter(JsonString.class::isInstance).map(item -> ((JsonString) item).value());
    }

    /** The elements that are objects; the others are passed over. */
    public Stream<JsonObject> objectItems() {
        return items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    @Override
    public String toString() {
        return toJson();
    }
}
