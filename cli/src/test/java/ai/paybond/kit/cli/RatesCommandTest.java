package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesCommandTest {
    @TempDir
    private Path directory;

    @Test
    void measuresAFileAndLeavesNothingBehind() throws Exception {
        Run run = Run.of(
                "journal",
                "rates",
                "--threads",
                "1,2",
                "--seconds",
                "1",
                "--deliveries",
                "3",
                "--format",
                "json",
                "--directory",
                directory.toString());

        assertThat(run.status()).as(run.err()).isZero();
        JsonObject said = JsonObject.parse(run.out());
        assertThat(said.string("journal")).contains("sqlite");
        List<JsonObject> rates = said.array("rates").orElseThrow().objectItems().toList();
        assertThat(rates)
                .extracting(rate -> rate.integer("threads").orElseThrow())
                .containsExactly(1L, 2L);
        assertThat(rates).allSatisfy(rate -> {
            assertThat(rate.integer("appends_per_second").orElseThrow()).isPositive();
            assertThat(rate.integer("deliveries_per_second").orElseThrow()).isNotNegative();
        });
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void measuresTheStoreInMemoryLongerThanItHasRoom() {
        Run run = Run.of(
                "journal", "rates", "--journal", "memory", "--threads", "1", "--seconds", "2", "--deliveries", "1");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("appends/s");
    }

    @ParameterizedTest
    @CsvSource({
        "--threads=0",
        "--threads=65",
        "--seconds=0",
        "--deliveries=0",
        "--journal=postgresql",
        "--url=jdbc:postgresql://127.0.0.1:1/none"
    })
    void refusesWhatCannotBeMeasured(String argument) {
        assertThat(Run.of("journal", "rates", argument).status()).isEqualTo(2);
    }
}
