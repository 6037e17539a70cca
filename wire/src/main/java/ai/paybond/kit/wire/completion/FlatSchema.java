package ai.paybond.kit.wire.completion;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The part of JSON Schema that the catalogue uses: required members of one type each, arrays of strings among them. */
final class FlatSchema {
    private FlatSchema() {}

    static List<Drift> drifts(JsonObject schema, JsonObject evidence) {
        List<Drift> drifts = new ArrayList<>();
        JsonArray required = schema.array("required").orElseGet(() -> JsonArray.of(List.of()));
        required.stringItems()
                .filter(name -> !evidence.has(name))
                .forEach(name -> drifts.add(new Drift(Drift.Kind.MISSING_FIELD, name)));
        schema.object("properties").orElseThrow().members().forEach((name, property) -> {
            JsonValue value = evidence.get(name);
            String type = ((JsonObject) property).string("type").orElse("");
            if (value != null && !isOfType(value, type)) {
                drifts.add(new Drift(Drift.Kind.TYPE_MISMATCH, name));
            }
        });
        return drifts;
    }

    private static boolean isOfType(JsonValue value, String type) {
        return switch (type) {
            case "string" -> value instanceof JsonString;
            case "integer" -> value instanceof JsonNumber number && number.isInteger();
            case "array" ->
                value instanceof JsonArray array
                        && array.stringItems().count() == array.items().size();
            case "boolean" -> value instanceof JsonBoolean;
            default -> true;
        };
    }
}
