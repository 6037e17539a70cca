package ai.paybond.kit.paegents.conformance;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The vector files this module can run, by file name. */
public final class PaegentsConformance {
    private static final Map<String, Consumer<Vectors>> RUNNERS = runners();

    private PaegentsConformance() {}

    private static Map<String, Consumer<Vectors>> runners() {
        Map<String, Consumer<Vectors>> runners = new TreeMap<>();
        runners.putAll(CurveVectors.RUNNERS);
        runners.putAll(TypedDataVectors.RUNNERS);
        runners.putAll(PaymentVectors.RUNNERS);
        runners.putAll(WebhookVectors.RUNNERS);
        runners.putAll(EscrowVectors.RUNNERS);
        return Collections.unmodifiableMap(runners);
    }

    /** File names such as {@code evm-keccak.json}. */
    public static Set<String> knownFiles() {
        return RUNNERS.keySet();
    }

    /**
     * Runs every entry of a file. Mismatches are reported, not thrown; a list of entries that no runner looked at counts as
     * one mismatch.
     *
     * @throws WireException {@code conformance.unknown_file} if the name is not one of {@link #knownFiles()}
     */
    public static ConformanceReport run(String fileName, JsonObject content) {
        Consumer<Vectors> runner = RUNNERS.get(fileName);
        if (runner == null) {
            throw new WireException("conformance.unknown_file", "no runner for this file of vectors");
        }
        Vectors vectors = new Vectors(content);
        runner.accept(vectors);
        return new ConformanceReport(fileName, vectors.outcomes());
    }
}
