package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The vector files this module can run, by file name. Files may be anyone's: members this suite does not know are
 * passed over, lists may be missing, and everything malformed is a mismatch in the report. An entry may ask for at most
 * 4 Mi bytes, characters or items. Runs in {@link ai.paybond.kit.wire.Strictness#PEER}, since the vectors are the
 * TypeScript kit's. Stateless and thread-safe.
 */
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
     * Runs every entry of a file. Mismatches are reported, not thrown. A list of entries that no runner looks at counts
     * as one mismatch, and so does a list of another type, an entry that is no object, and a file in which nothing was
     * run.
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
