package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;

/** Intents in the fixed coding. */
final class LegacyIntentVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "legacy-intent-v2.json", file -> run(file, IntentVersion.V2),
            "legacy-intent-v4-fixed.json", file -> run(file, IntentVersion.V4_FIXED));

    private LegacyIntentVectors() {}

    private static void run(VectorFile file, IntentVersion version) {
        file.each("vectors", entry -> IntentVectors.vector(entry, version));
        file.each("errors", entry -> entry.refused(() -> IntentInputs.sign(entry.input(), version)));
        file.each(
                "wrapped_amounts",
                entry -> entry.refused(() -> {
                    JsonObject base = file.first("vectors").object("input").orElseThrow();
                    JsonObject input = base.with(
                            "amount_cents", VectorEntry.integer(entry.vector().get("amount_cents")));
                    return IntentInputs.statement(input, version).signBytes(version, Strictness.STRICT);
                }));
    }
}
