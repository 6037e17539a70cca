package ai.paybond.kit.nevermined.conformance;

import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One file under test: hands out its members and collects how they fare. */
final class Cases {
    private final JsonObject content;
    private final Set<String> claimed = new HashSet<>(Set.of("provenance"));
    private final List<Outcome> outcomes = new ArrayList<>();

    Cases(JsonObject content) {
        this.content = content;
    }

    /** Runs a member that is one entry. */
    void object(String member, Consumer<JsonObject> test) {
        run(member, () -> test.accept(content.object(claim(member)).orElseThrow()));
    }

    /** Runs every object of a list. */
    void each(String member, Consumer<JsonObject> test) {
        List<JsonObject> entries =
                content.array(claim(member)).orElseThrow().objectItems().toList();
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.get(i);
            String name = entry.string("name").map(text -> " " + text).orElse("");
            run(member + "[" + i + "]" + name, () -> test.accept(entry));
        }
    }

    /** A member that is one value, or a list of texts. */
    void equal(String member, Supplier<?> computed) {
        run(member, () -> requireEqual(content.get(claim(member)), computed.get()));
    }

    /** Members that say something to people, or are about parts that are not here. */
    void information(String... members) {
        claimed.addAll(List.of(members));
    }

    List<Outcome> outcomes() {
        content.members().keySet().stream()
                .filter(member -> !claimed.contains(member))
                .forEach(member -> outcomes.add(new Outcome(member, false, "a member that is run", "no runner", "")));
        return outcomes;
    }

    static void requireEqual(@Nullable Object wanted, @Nullable Object given) {
        JsonValue expected = JsonValue.of(wanted);
        JsonValue actual = JsonValue.of(given);
        if (!expected.equals(actual)) {
            throw new Mismatch(expected.toJson(), actual.toJson());
        }
    }

    /** Null members left out, at every depth: Python writes what TypeScript omits. */
    static JsonObject withoutNulls(JsonObject json) {
        JsonObject.Builder kept = JsonObject.builder();
        json.members().forEach((name, value) -> {
            if (value instanceof JsonObject inner) {
                kept.put(name, withoutNulls(inner));
            } else if (!(value instanceof JsonNull)) {
                kept.put(name, value);
            }
        });
        return kept.build();
    }

    static byte[] utf8(JsonObject json) {
        return json.toJson().getBytes(StandardCharsets.UTF_8);
    }

    static JsonObject object(JsonObject holder, String member) {
        return holder.object(member).orElseThrow(() -> new Mismatch("an object " + member, "none"));
    }

    static String text(JsonObject holder, String member) {
        return holder.string(member).orElseThrow(() -> new Mismatch("a text " + member, "none"));
    }

    static List<String> texts(JsonObject holder, String member) {
        return holder.array(member)
                .flatMap(JsonArray::strings)
                .orElseThrow(() -> new Mismatch("texts " + member, "none"));
    }

    private String claim(String member) {
        claimed.add(member);
        return member;
    }

    private void run(String label, Runnable test) {
        try {
            test.run();
            outcomes.add(new Outcome(label, true, "", "", ""));
        } catch (Departure departure) {
            outcomes.add(new Outcome(label, true, "", "", departure.getMessage()));
        } catch (Mismatch mismatch) {
            outcomes.add(new Outcome(label, false, mismatch.expected, mismatch.actual, ""));
        } catch (RuntimeException e) {
            outcomes.add(new Outcome(label, false, "an entry that can be run", "threw " + e, ""));
        }
    }

    /** This module does otherwise on purpose. */
    static final class Departure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Departure(String reason) {
            super(reason);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String expected;
        private final String actual;

        Mismatch(String expected, String actual) {
            super("mismatch");
            this.expected = expected;
            this.actual = actual;
        }
    }
}
