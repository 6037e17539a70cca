package ai.paybond.kit.nevermined.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.conformance.ConformanceReport;
import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NeverminedConformanceTest {
    @TestFactory
    Stream<DynamicContainer> speaksAsTheVectorsSay() {
        return NeverminedConformance.knownFiles().stream().map(name -> dynamicContainer(name, entries(name)));
    }

    private static Stream<DynamicTest> entries(String name) {
        return run(name).outcomes().stream().map(outcome -> dynamicTest(outcome.entry(), () -> requirePassed(outcome)));
    }

    private static void requirePassed(Outcome outcome) {
        assertThat(outcome.actual()).isEqualTo(outcome.expected());
        assertThat(outcome.passed()).isTrue();
    }

    @Test
    void departsWhereItRefusesOnPurposeAndNowhereElse() {
        List<String> departures = NeverminedConformance.knownFiles().stream()
                .flatMap(name -> run(name).departures().stream())
                .map(Outcome::departure)
                .toList();

        assertThat(departures)
                .containsExactlyInAnyOrder(
                        "a requirement that no plan can meet is refused",
                        "a token without delegation is refused before anything is sent",
                        "what went wrong with the backend is not told to callers",
                        "credits are whole numbers",
                        "scheme and network are those of plan and environment",
                        "scheme and network are those of plan and environment",
                        "scheme and network are those of plan and environment",
                        "scheme and network are those of plan and environment",
                        "only a route that settles after delivery notices that its client left");
    }

    @Test
    void noticesOneWrongExpectation() {
        JsonObject file = read("nevermined-mpp.json").with("empty_body_digest", "sha-256=");

        assertThat(NeverminedConformance.run("nevermined-mpp.json", file).mismatches())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.expected()).isEqualTo("\"sha-256=\""));
    }

    @Test
    void countsAMemberThatNobodyReadsAsMismatch() {
        JsonObject file = read("nevermined-mpp.json").with("surprise", 1);

        assertThat(NeverminedConformance.run("nevermined-mpp.json", file).mismatches())
                .extracting(Outcome::entry)
                .containsExactly("surprise");
    }

    @Test
    void refusesAFileItDoesNotKnow() {
        assertThatThrownBy(() -> NeverminedConformance.run("other.json", JsonObject.parse("{}")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.code()).isEqualTo("conformance.unknown_file"));
    }

    private static ConformanceReport run(String name) {
        return NeverminedConformance.run(name, read(name));
    }

    private static JsonObject read(String name) {
        try (InputStream file = NeverminedConformanceTest.class.getResourceAsStream("/vectors/" + name)) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return JsonObject.parse(text, JsonLimits.lenient());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
