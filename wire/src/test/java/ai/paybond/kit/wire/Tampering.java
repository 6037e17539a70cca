package ai.paybond.kit.wire;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ways to change a JSON object a little. */
public final class Tampering {
    private Tampering() {}

    /** A changed object, and what was changed. */
    public record Change(String description, JsonObject object) {
        @Override
        public String toString() {
            return description;
        }
    }

    /** Every member at every depth: changed, emptied, removed, of another type; and one member too many in every object. */
    public static List<Change> members(JsonObject object) {
        List<Change> changes = new ArrayList<>();
        changed(object, "").forEach(change -> changes.add(new Change(change.description, (JsonObject) change.value)));
        changes.removeIf(change -> change.object.equals(object));
        return changes;
    }

    private record Changed(String description, JsonValue value) {}

    private static List<Changed> changed(JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            return changedObject(object, path);
        }
        if (value instanceof JsonArray array) {
            return changedArray(array, path);
        }
        return changedLeaf(value, path);
    }

    private static List<Changed> changedObject(JsonObject object, String path) {
        List<Changed> changes = new ArrayList<>();
        object.members().forEach((name, member) -> {
            String here = path + "/" + name;
            changes.add(new Changed(here + " removed", object.without(name)));
            changes.add(new Changed(here + " renamed", renamed(object, name)));
            changes.add(new Changed(here + " of another type", object.with(name, otherType(member))));
            changed(member, here)
                    .forEach(inner -> changes.add(new Changed(inner.description, object.with(name, inner.value))));
        });
        changes.add(new Changed(path + " with one member more", object.with("unheard_of", "x")));
        return changes;
    }

    private static JsonObject renamed(JsonObject object, String name) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((key, value) -> members.put(key.equals(name) ? key + "_" : key, value));
        return new JsonObject(members);
    }

    private static JsonValue otherType(JsonValue value) {
        return value instanceof JsonString ? JsonNumber.of(7) : new JsonString("7");
    }

    private static List<Changed> changedArray(JsonArray array, String path) {
        List<Changed> changes = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            List<JsonValue> without = new ArrayList<>(array.items());
            without.remove(i);
            changes.add(new Changed(path + "/" + i + " removed", new JsonArray(without)));
            for (Changed inner : changed(array.items().get(i), path + "/" + i)) {
                List<JsonValue> items = new ArrayList<>(array.items());
                items.set(i, inner.value);
                changes.add(new Changed(inner.description, new JsonArray(items)));
            }
        }
        List<JsonValue> more = new ArrayList<>(array.items());
        more.add(new JsonString("x"));
        changes.add(new Changed(path + " with one item more", new JsonArray(more)));
        return changes;
    }

    private static List<Changed> changedLeaf(JsonValue value, String path) {
        if (value instanceof JsonString string) {
            return List.of(
                    new Changed(path + " emptied", new JsonString("")),
                    new Changed(path + " lengthened", new JsonString(string.value() + "x")),
                    new Changed(path + " changed", new JsonString(flipped(string.value()))));
        }
        if (value instanceof JsonNumber number) {
            return List.of(
                    new Changed(path + " plus one", JsonNumber.of(number.longValueExact() + 1)),
                    new Changed(path + " respelled", new JsonNumber(number.text() + ".0")));
        }
        if (value instanceof JsonBoolean bool) {
            return List.of(new Changed(path + " flipped", JsonBoolean.of(!bool.value())));
        }
        return value == JsonNull.NULL ? List.of(new Changed(path + " set", new JsonString("x"))) : List.of();
    }

    /** The first character moved by its lowest bit. */
    private static String flipped(String text) {
        return text.isEmpty() ? "x" : (char) (text.charAt(0) ^ 1) + text.substring(1);
    }

    /** Every single bit of the text flipped in turn; texts that are no object any more are left out. */
    public static List<Change> bits(JsonObject object) {
        return everyBit(object, 1);
    }

    /** The lowest bit of every byte of the text flipped in turn, for texts of which one bit is like another. */
    public static List<Change> lowestBits(JsonObject object) {
        return everyBit(object, 8);
    }

    private static List<Change> everyBit(JsonObject object, int step) {
        byte[] text = object.toJson().getBytes(StandardCharsets.UTF_8);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 8 * text.length; i += step) {
            byte[] flipped = text.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            String description = "bit " + i % 8 + " of byte " + i / 8;
            parsed(flipped)
                    .filter(changed -> !changed.equals(object))
                    .ifPresent(changed -> changes.add(new Change(description, changed)));
        }
        return changes;
    }

    private static Optional<JsonObject> parsed(byte[] text) {
        try {
            return Optional.of(JsonObject.parse(text));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
