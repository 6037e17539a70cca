package ai.paybond.kit.wire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConformanceSuiteTest {
    @TestFactory
    Stream<DynamicContainer> computesWhatTheVectorsSay() {
        return VectorFiles.names().stream().map(name -> dynamicContainer(name, entries(name)));
    }

    private static Stream<DynamicTest> entries(String fileName) {
        return ConformanceSuite.run(fileName, VectorFiles.read(fileName)).outcomes().stream()
                .map(outcome -> dynamicTest(outcome.entry(), () -> requirePassed(outcome)));
    }

    private static void requirePassed(Outcome outcome) {
        assertThat(outcome.actual()).isEqualTo(outcome.expected());
        assertThat(outcome.passed()).isTrue();
    }

    @Test
    void runsEveryVectorFileThereIs() {
        assertThat(ConformanceSuite.knownFiles()).containsExactlyInAnyOrderElementsOf(VectorFiles.names());
    }

    @Test
    void noticesOneWrongExpectation() {
        JsonObject file = VectorFiles.read("blake3.json");
        List<JsonValue> vectors =
                new ArrayList<>(file.array("vectors").orElseThrow().items());
        vectors.set(0, ((JsonObject) vectors.get(0)).with("blake3_hex", "00".repeat(32)));

        ConformanceReport report = ConformanceSuite.run("blake3.json", file.with("vectors", new JsonArray(vectors)));

        assertThat(report.passed()).isEqualTo(report.total() - 1);
        assertThat(report.mismatches()).singleElement().satisfies(outcome -> assertThat(outcome.expected())
                .isEqualTo("00".repeat(32)));
    }

    @Test
    void countsAnEntryWithoutAnyKnownMemberAsMismatch() {
        JsonObject file = JsonObject.parse("{\"vectors\":[{\"len\":1,\"blake4_hex\":\"00\"}]}");

        assertThat(ConformanceSuite.run("blake3.json", file).mismatches()).hasSize(1);
    }

    @Test
    void countsAListThatNobodyReadsAsMismatch() {
        JsonObject file = JsonObject.parse("{\"surprises\":[{\"len\":1}]}");

        assertThat(ConformanceSuite.run("blake3.json", file).mismatches())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.entry()).isEqualTo("surprises"));
    }

    @Test
    void refusesAFileItDoesNotKnow() {
        assertThatThrownBy(() -> ConformanceSuite.run("other.json", JsonObject.parse("{}")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.code()).isEqualTo("conformance.unknown_file"));
    }
}
