package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One file under test: hands out its entries and collects how they fare. */
final class VectorFile {
    private final JsonObject content;
    private final Set<String> claimed = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    VectorFile(JsonObject content) {
        this.content = content;
    }

    JsonObject content() {
        return content;
    }

    /** Runs every entry of a list that is there; an entry without a single check is a mismatch. */
    void each(String list, Consumer<VectorEntry> test) {
        claimed.add(list);
        run(list, content, list, test);
    }

    /** As {@link #each} for lists inside an object member. */
    void each(String object, String list, Consumer<VectorEntry> test) {
        claimed.add(object);
        JsonValue holder = content.get(object);
        if (holder instanceof JsonObject inner) {
            run(object + "." + list, inner, list, test);
        } else if (holder != null) {
            outcomes.add(mismatch(object, "an object of lists", "another type"));
        }
    }

    /** A check about the file's own members. */
    void single(String label, Consumer<VectorEntry> test) {
        outcomes.add(new VectorEntry(label, content).run(test));
    }

    /** Lists that say something to people and nothing to a port. */
    void information(String... lists) {
        claimed.addAll(List.of(lists));
    }

    /** The first entry of a list, the base that errors named in words are altered from. */
    JsonObject first(String list) {
        return entries(content, list).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no entry in " + list));
    }

    /** The entry of a list with this name. */
    JsonObject named(String list, String name) {
        return entries(content, list).stream()
                .filter(entry -> entry.string("name").orElse("").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no entry named " + name));
    }

    /** All outcomes. What holds nothing to run proves nothing, so a file without entries is a mismatch. */
    List<Outcome> outcomes() {
        content.members().forEach(this::requireClaimed);
        if (outcomes.isEmpty()) {
            outcomes.add(mismatch("file", "at least one entry", "none"));
        }
        return outcomes;
    }

    private void requireClaimed(String name, JsonValue value) {
        boolean entries = value instanceof JsonArray array
                && array.objectItems().findAny().isPresent();
        if (entries && !claimed.contains(name)) {
            outcomes.add(mismatch(name, "a list that is run", "no runner for this list"));
        }
    }

    private void run(String label, JsonObject holder, String list, Consumer<VectorEntry> test) {
        JsonValue value = holder.get(list);
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.items().size(); i++) {
                outcomes.add(run(label + "[" + i + "]", array.items().get(i), test));
            }
        } else if (value != null) {
            outcomes.add(mismatch(label, "a list of entries", "another type"));
        }
    }

    private static Outcome run(String label, JsonValue item, Consumer<VectorEntry> test) {
        return item instanceof JsonObject entry
                ? new VectorEntry(label, entry).run(test)
                : mismatch(label, "an entry that is an object", "another type");
    }

    private static Outcome mismatch(String label, String expected, String actual) {
        return new Outcome(label, false, expected, actual, "");
    }

    private static List<JsonObject> entries(JsonObject holder, String list) {
        return holder.array(list).map(JsonArray::objectItems).stream()
                .flatMap(entries -> entries)
                .toList();
    }
}
