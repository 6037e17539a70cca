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

    /** Runs every entry of a list; an entry without a single check is a mismatch. */
    void each(String list, Consumer<VectorEntry> test) {
        claimed.add(list);
        run(list, content, list, test);
    }

    /** As {@link #each} for lists inside an object member. */
    void each(String object, String list, Consumer<VectorEntry> test) {
        claimed.add(object);
        content.object(object).ifPresent(inner -> run(object + "." + list, inner, list, test));
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

    List<Outcome> outcomes() {
        content.members().forEach(this::requireClaimed);
        return outcomes;
    }

    private void requireClaimed(String name, JsonValue value) {
        boolean entries = value instanceof JsonArray array
                && array.objectItems().findAny().isPresent();
        if (entries && !claimed.contains(name)) {
            outcomes.add(new Outcome(name, false, "a list that is run", "no runner for this list", ""));
        }
    }

    private void run(String label, JsonObject holder, String list, Consumer<VectorEntry> test) {
        List<JsonObject> entries = entries(holder, list);
        for (int i = 0; i < entries.size(); i++) {
            VectorEntry entry = new VectorEntry(label + "[" + i + "]", entries.get(i));
            outcomes.add(entry.run(test));
        }
    }

    private static List<JsonObject> entries(JsonObject holder, String list) {
        return holder.array(list).map(JsonArray::objectItems).stream()
                .flatMap(entries -> entries)
                .toList();
    }
}
