package ai.paybond.kit.nevermined.conformance;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The Nevermined vector files this module can run, by file name. */
public final class NeverminedConformance {
    private static final Map<String, Consumer<Cases>> RUNNERS = runners();

    private NeverminedConformance() {}

    private static Map<String, Consumer<Cases>> runners() {
        Map<String, Consumer<Cases>> runners = new TreeMap<>();
        runners.putAll(ContractVectors.RUNNERS);
        runners.putAll(X402Vectors.RUNNERS);
        runners.putAll(MessageVectors.RUNNERS);
        runners.putAll(OwnerVectors.RUNNERS);
        runners.putAll(GuardVectors.RUNNERS);
        return Collections.unmodifiableMap(runners);
    }

    /** File names such as {@code nevermined-verify.json}. */
    public static Set<String> knownFiles() {
        return RUNNERS.keySet();
    }

    /**
     * Runs every entry of a file. Mismatches are reported, not thrown; a member that no runner looked at counts as one mismatch.
     *
     * @throws WireException {@code conformance.unknown_file} if the name is not one of {@link #knownFiles()}
     */
    public static ConformanceReport run(String fileName, JsonObject content) {
        Consumer<Cases> runner = RUNNERS.get(fileName);
        if (runner == null) {
            throw new WireException("conformance.unknown_file", "no runner for this file of vectors");
        }
        Cases cases = new Cases(content);
        runner.accept(cases);
        return new ConformanceReport(fileName, cases.outcomes());
    }
}
