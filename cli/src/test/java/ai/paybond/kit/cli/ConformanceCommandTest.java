package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("paybond.root", ".."), "wire/src/test/resources/vectors");

    @TempDir
    private Path directory;

    private void copy(String name) throws IOException {
        Files.copy(VECTORS.resolve(name), directory.resolve(name));
    }

    @Test
    void printsALineForEachFileAndATotal() throws IOException {
        copy("ed25519.json");
        copy("blake3.json");

        Run run = Run.of("conformance", directory.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out().lines().toList())
                .hasSize(3)
                .anyMatch(line -> line.matches("blake3\\.json: (\\d+) of \\1"))
                .anyMatch(line -> line.matches("ed25519\\.json: (\\d+) of \\1"))
                .anyMatch(line -> line.matches("total: (\\d+) of \\1 in 2 files, 0 not covered"));
    }

    @Test
    void runsTheVectorsOfEveryModule() throws IOException {
        Path paegents = Path.of(System.getProperty("paybond.root", ".."), "paegents/src/test/resources/vectors");
        Files.copy(paegents.resolve("paegents-fee.json"), directory.resolve("paegents-fee.json"));
        copy("blake3.json");

        Run run = Run.of("conformance", directory.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out()).containsPattern("paegents-fee\\.json: (\\d+) of \\1");
    }

    @Test
    void exitsWithOneAndNamesTheEntryOnAMismatch() throws IOException {
        String vectors = Files.readString(VECTORS.resolve("blake3.json"));
        Files.writeString(directory.resolve("blake3.json"), vectors.replaceFirst("[0-9a-f]{64}", "0".repeat(64)));

        Run run = Run.of("conformance", directory.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).containsPattern("expected \"?0{64}\"?, got \"?[0-9a-f]{64}");
    }

    @Test
    void exitsWithTwoOnAFileItDoesNotKnow() throws IOException {
        copy("ed25519.json");
        Files.writeString(directory.resolve("surprise.json"), "{}");

        Run run = Run.of("conformance", directory.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("surprise.json: not covered");
    }

    @Test
    void writesOneJsonObjectOnRequest() throws IOException {
        copy("ed25519.json");

        Run run = Run.of("conformance", "--format", "json", directory.toString());

        JsonObject report = JsonObject.parse(run.out().strip());
        assertThat(report.integer("total")).isEqualTo(report.integer("passed"));
        assertThat(report.array("files").orElseThrow().items()).hasSize(1);
    }

    @Test
    void emptyDirectoryIsAnError() {
        assertThat(Run.of("conformance", directory.toString()).status()).isEqualTo(1);
    }
}
