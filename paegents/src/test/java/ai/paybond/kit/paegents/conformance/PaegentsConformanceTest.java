package ai.paybond.kit.paegents.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport;
import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaegentsConformanceTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/vectors");

    @TestFactory
    Stream<DynamicContainer> computesWhatTheVectorsSay() {
        return names().stream().map(name -> dynamicContainer(name, entries(name)));
    }

    private static Stream<DynamicTest> entries(String name) {
        return PaegentsConformance.run(name, read(name)).outcomes().stream()
                .map(outcome -> dynamicTest(outcome.entry(), () -> requirePassed(outcome)));
    }

    private static void requirePassed(Outcome outcome) {
        assertThat(outcome.actual()).isEqualTo(outcome.expected());
        assertThat(outcome.passed()).isTrue();
    }

    @Test
    void runsEveryVectorFileThereIs() {
        assertThat(PaegentsConformance.knownFiles()).containsExactlyInAnyOrderElementsOf(names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void noticesAnEntryWithoutAnyKnownMember(String name) {
        JsonObject file = read(name);
        String list = file.has("calls") ? "calls" : file.has("vectors") ? "vectors" : "cases";
        JsonObject altered = file.with(list, JsonArray.of(List.of(JsonObject.parse("{\"surprise\":1}"))));

        assertThat(PaegentsConformance.run(name, altered).mismatches()).hasSize(1);
    }

    @Test
    void noticesOneWrongExpectation() {
        JsonObject file = read("evm-keccak.json");
        List<JsonValue> vectors =
                new ArrayList<>(file.array("vectors").orElseThrow().items());
        vectors.set(0, ((JsonObject) vectors.get(0)).with("keccak256", "0x00"));

        ConformanceReport report = PaegentsConformance.run("evm-keccak.json", file.with("vectors", vectors));

        assertThat(report.mismatches()).singleElement().satisfies(outcome -> assertThat(outcome.expected())
                .isEqualTo("0x00"));
    }

    @Test
    void countsAListThatNobodyReadsAsMismatch() {
        JsonObject file = JsonObject.parse("{\"surprises\":[{\"len\":1}]}");

        assertThat(PaegentsConformance.run("evm-keccak.json", file).mismatches())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.entry()).isEqualTo("surprises"));
    }

    @Test
    void refusesAFileItDoesNotKnow() {
        assertThatThrownBy(() -> PaegentsConformance.run("other.json", JsonObject.parse("{}")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.code()).isEqualTo("conformance.unknown_file"));
    }

    static List<String> names() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject read(String name) {
        try {
            return JsonObject.parse(Files.readString(DIRECTORY.resolve(name)), JsonLimits.lenient());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
