package ai.paybond.kit.examples.adversary;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One row of {@code attacks.json}: calls that are injected together and must all be refused for the same reason.
 *
 * @param family what kind of attack it is, in words
 * @param situation as whom the model makes the calls
 * @param codes the reason, for all doors or, where a framework's own check comes first, by framework
 * @param doors where it is tried
 */
record Attack(
        String family, String name, Situation situation, List<InjectedCall> calls, JsonObject codes, List<Door> doors) {

    static List<Attack> all() {
        try (InputStream file = Attack.class.getResourceAsStream("attacks.json")) {
            JsonObject json = JsonObject.parse(Objects.requireNonNull(file).readAllBytes());
            return json.array("attacks")
                    .orElseThrow()
                    .objectItems()
                    .map(Attack::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attack parse(JsonObject json) {
        Situation situation = Situation.valueOf(json.string("as").orElse("AGENT"));
        return new Attack(
                json.string("family").orElseThrow(),
                json.string("name").orElseThrow(),
                situation,
                calls(json.array("calls").orElseThrow()),
                json.object("code").orElseGet(() -> JsonObject.builder()
                        .put("ALL", json.string("code").orElseThrow())
                        .build()),
                situation.doors());
    }

    private static List<InjectedCall> calls(JsonArray rows) {
        List<InjectedCall> calls = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            List<JsonValue> cells = ((JsonArray) row).items();
            String id = cells.size() > 2 ? ((JsonString) cells.get(2)).value() : "injected-" + calls.size();
            String tool = expanded(((JsonString) cells.get(0)).value());
            calls.add(new InjectedCall(expanded(id), tool, arguments(cells.get(1))));
        }
        return calls;
    }

    private static String arguments(JsonValue cell) {
        return cell instanceof JsonString text ? expanded(text.value()) : ((JsonObject) cell).toJson();
    }

    /** What is too long for a table. */
    private static String expanded(String text) {
        return text.replace("{deep}", "[".repeat(20_000))
                .replace("{digits}", "9".repeat(5_000))
                .replace("{long}", "x".repeat(300_000))
                .replace("{name}", "e".repeat(10_000))
                .replace("{257}", "x".repeat(257));
    }

    /** Whether the calls are repetitions, which are answered as before instead of refused. */
    boolean isRepetition() {
        return "replayed".equals(codes.string("ALL").orElse(""));
    }

    String codeAt(Door door) {
        Optional<String> own = codes.string(door.framework());
        return own.or(() -> codes.string("ALL")).orElseThrow();
    }

    @Override
    public String toString() {
        return family + ": " + name;
    }
}
