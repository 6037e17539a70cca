package ai.paybond.kit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every benchmark runs for a blink, so that none breaks unseen. What it measures like this means nothing. */
class BenchmarksRunTest {

    @ParameterizedTest
    @ValueSource(classes = {CapabilityBenchmark.class, PlainBiscuitBenchmark.class})
    void runsThoseOfCapabilities(Class<?> benchmark) {
        assertRuns(benchmark, 3, Map.of("blocks", "1"));
    }

    @Test
    void runsThoseOfSignatures() {
        assertRuns(SignatureFloorBenchmark.class, 4, Map.of("engine", "BOUNCY_CASTLE"));
    }

    @Test
    void runsThoseOfEvidence() {
        assertRuns(EvidenceBenchmark.class, 5, Map.of("bytes", "200"));
        assertRuns(SigningBenchmark.class, 1, Map.of("bytes", "200", "engine", "EDDSA"));
    }

    @Test
    void runsThoseOfGuardedCalls() {
        assertRuns(GuardedCallBenchmark.class, 6, Map.of("journal", "FILE"));
        assertRuns(WholeCallBenchmark.class, 2, Map.of());
    }

    @ParameterizedTest
    @EnumSource(ConnectionBenchmark.Kept.class)
    void runsThoseOfConnections(ConnectionBenchmark.Kept kept) {
        assertRuns(ConnectionBenchmark.class, 1, Map.of("kept", kept.name()));
    }

    @Test
    void runsThoseOfGrowth() {
        assertRuns(GrownJournalBenchmark.class, 1, Map.of("journal", "FILE", "rows", "1000"));
        assertRuns(BacklogBenchmark.class, 1, Map.of("backlog", "10"));
        assertThat(OpenRuns.measure(Effort.BLINK)).allSatisfy(measurement -> assertThat(measurement.value("p50_us"))
                .isPresent());
    }

    /** PostgreSQL and another process included. */
    @Test
    void runsAFleet() {
        assertThat(Fleet.measure(Effort.BLINK)).singleElement().satisfies(fleet -> assertThat(fleet.benchmark())
                .isEqualTo("Fleet.calls"));
    }

    private static void assertRuns(Class<?> benchmark, int methods, Map<String, String> params) {
        List<Measurement> measured = Jmh.run(Effort.BLINK, benchmark, 1, params, Map.of());
        assertThat(measured).hasSize(methods).allSatisfy(measurement -> {
            assertThat(measurement.benchmark()).startsWith(benchmark.getSimpleName() + ".");
            assertThat(measurement.value("p50_us")).isPresent();
            JsonObject written = JsonObject.parse(measurement.toJson().toJson());
            assertThat(Measurement.parse(written).params()).isEqualTo(measurement.params());
        });
    }
}
