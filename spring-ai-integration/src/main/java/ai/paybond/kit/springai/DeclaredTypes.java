package ai.paybond.kit.springai;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types that a tool's input schema declares, through {@code type}, {@code properties}, {@code items} and local
 * {@code $ref}. Not a schema validator: it refuses exactly those values that a lenient mapper would silently turn into
 * another value. Whatever the schema leaves open is admitted.
 */
final class DeclaredTypes {

    private static final int MAX_REFERENCES = 8;

    private final JsonValue root;

    DeclaredTypes(String schema) {
        this.root = parse(schema);
    }

    private static JsonValue parse(String schema) {
        try {
            return JsonValue.parse(schema);
        } catch (JsonException e) {
            return JsonObject.builder().build();
        }
    }

    boolean admits(JsonObject arguments) {
        return admits(root, arguments);
    }

    private boolean admits(JsonValue schema, JsonValue value) {
        if (!(resolved(schema) instanceof JsonObject declared) || value instanceof JsonNull) {
            return true;
        }
        return isOfType(types(declared), value) && membersFit(declared, value) && itemsFit(declared, value);
    }

    private @Nullable JsonValue resolved(JsonValue schema) {
        JsonValue current = schema;
        for (int i = 0; i < MAX_REFERENCES && current instanceof JsonObject object; i++) {
            Optional<String> reference = object.string("$ref");
            if (reference.isEmpty()) {
                return current;
            }
            current = at(reference.get());
        }
        return null;
    }

    /** The part of the schema that a local JSON pointer names. */
    private @Nullable JsonValue at(String reference) {
        if (!reference.startsWith("#")) {
            return null;
        }
        JsonValue current = root;
        for (String step : reference.substring(1).split("/", -1)) {
            if (!step.isEmpty()) {
                current = current instanceof JsonObject object ? object.get(unescaped(step)) : null;
            }
        }
        return current;
    }

    private static String unescaped(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    private static List<String> types(JsonObject schema) {
        JsonValue type = schema.get("type");
        List<JsonValue> names =
                type instanceof JsonArray several ? several.items() : type == null ? List.of() : List.of(type);
        return names.stream()
                .filter(JsonString.class::isInstance)
                .map(name -> ((JsonString) name).value().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isOfType(List<String> types, JsonValue value) {
        return types.isEmpty() || types.stream().anyMatch(type -> isOfType(type, value));
    }

    private static boolean isOfType(String type, JsonValue value) {
        return switch (type) {
            case "integer" -> value instanceof JsonNumber number && number.isInteger();
            case "number" -> value instanceof JsonNumber;
            case "string" -> value instanceof JsonString;
            case "boolean" -> value instanceof JsonBoolean;
            case "array" -> value instanceof JsonArray;
            case "object" -> value instanceof JsonObject;
            case "null" -> false;
            default -> true;
        };
    }

    private boolean membersFit(JsonObject schema, JsonValue value) {
        Optional<JsonObject> properties = schema.object("properties");
        if (properties.isEmpty() || !(value instanceof JsonObject object)) {
            return true;
        }
        return object.members().entrySet().stream().allMatch(member -> memberFits(properties.get(), member));
    }

    private boolean memberFits(JsonObject properties, Map.Entry<String, JsonValue> member) {
        JsonValue declared = properties.get(member.getKey());
        return declared == null || admits(declared, member.getValue());
    }

    private boolean itemsFit(JsonObject schema, JsonValue value) {
        JsonValue declared = schema.get("items");
        if (declared == null || !(value instanceof JsonArray array)) {
            return true;
        }
        return array.items().stream().allMatch(item -> admits(declared, item));
    }
}
