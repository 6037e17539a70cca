package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The vector files this module can run, by file name. */
public final class ConformanceSuite {
    private static final Map<String, Consumer<VectorFile>> RUNNERS = runners();

    private ConformanceSuite() {}

    private static Map<String, Consumer<VectorFile>> runners() {
        Map<String, Consumer<VectorFile>> runners = new TreeMap<>();
        runners.putAll(PrimitiveVectors.RUNNERS);
        runners.putAll(FrameVectors.RUNNERS);
        runners.putAll(EvidenceVectors.RUNNERS);
        runners.putAll(IntentVectors.RUNNERS);
        runners.putAll(LegacyIntentVectors.RUNNERS);
        runners.putAll(RecognitionVectors.RUNNERS);
        runners.putAll(MandateVectors.RUNNERS);
        runners.putAll(AgentReceiptVectors.RUNNERS);
        runners.putAll(ReceiptExtraVectors.RUNNERS);
        runners.putAll(X402Vectors.RUNNERS);
        runners.putAll(ExportVectors.RUNNERS);
        runners.putAll(CommerceVectors.RUNNERS);
        return Collections.unmodifiableMap(runners);
    }

    /** File names such as {@code evidence.json}. */
    public static Set<String> knownFiles() {
        return RUNNERS.keySet();
    }

    /**
     * Runs every entry of a file. Mismatches are reported, not thrown; a list of entries that no runner looked at counts as
     * one mismatch.
     *
     * @param content the parsed file; read it with {@link ai.paybond.kit.wire.json.JsonLimits#lenient()}
     * @throws WireException {@code conformance.unknown_file} if the name is not one of {@link #knownFiles()}
     */
    public static ConformanceReport run(String fileName, JsonObject content) {
        Consumer<VectorFile> runner = RUNNERS.get(fileName);
        if (runner == null) {
            throw new WireException("conformance.unknown_file", "no runner for this file of vectors");
        }
        VectorFile file = new VectorFile(content);
        runner.accept(file);
        return new ConformanceReport(fileName, file.outcomes());
    }
}
