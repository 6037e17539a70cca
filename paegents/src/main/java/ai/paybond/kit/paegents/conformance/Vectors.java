package ai.paybond.kit.paegents.conformance;

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
final class Vectors {
    private final JsonObject content;
    private final Set<String> claimed = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Vectors(JsonObject content) {
        this.content = content;
    }

    JsonObject content() {
        return content;
    }

    /** Runs every object of a list; one without a single check is a mismatch. */
    void each(String list, Consumer<Entry> test) {
        claimed.add(list);
        run(list, content.array(list).map(JsonArray::items).orElse(List.of()), test);
    }

    /** As {@link #each} for a list inside an object. */
    void each(String object, String list, Consumer<Entry> test) {
        List<JsonValue> items = content.object(object)
                .flatMap(inner -> inner.array(list))
                .map(JsonArray::items)
                .orElse(List.of());
        run(object + "." + list, items, test);
    }

    /** A check about the file's own members, which older files may lack. */
    void single(String member, Consumer<Entry> test) {
        if (content.has(member)) {
            outcomes.add(new Entry(member, content).run(test));
        }
    }

    private void run(String label, List<JsonValue> items, Consumer<Entry> test) {
        for (int i = 0; i < items.size(); i++) {
            JsonValue item = items.get(i);
            JsonObject vector = item instanceof JsonObject object
                    ? object
                    : JsonObject.builder().put("value", item).build();
            outcomes.add(new Entry(label + "[" + i + "]", vector).run(test));
        }
    }

    List<Outcome> outcomes() {
        content.members().forEach((name, value) -> {
            if (value instanceof JsonArray && !claimed.contains(name)) {
                outcomes.add(new Outcome(name, false, "a list that is run", "no runner for this list", ""));
            }
        });
        return outcomes;
    }
}
