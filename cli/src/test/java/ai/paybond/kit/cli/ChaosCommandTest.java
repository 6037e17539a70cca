package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosCommandTest {
    @TempDir
    private Path directory;

    @Test
    void printsATableAndSucceedsWhenEverythingHeld() {
        Run run = Run.of("chaos", "--kills", "1", "--directory", directory.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("at-random").containsPattern("all +\\d");
    }

    @Test
    void leavesNothingBehindWhenEverythingHeld() throws IOException {
        assertThat(Run.of("chaos", "--kills", "1").status()).isZero();
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary)
                    .noneMatch(file -> file.getFileName().toString().startsWith("paybond-chaos"));
        }
    }

    @Test
    void refusesToKillNobody() {
        assertThat(Run.of("chaos", "--kills", "0").status()).isEqualTo(2);
    }

    @Test
    void refusesASoakThatCouldNotTellGrowthFromNoise() {
        assertThat(Run.of("chaos", "--soak", "60m", "--samples", "7").status()).isEqualTo(2);
    }

    @Test
    void refusesALengthOfTimeThatIsNone() {
        Run run = Run.of("chaos", "--soak", "an hour");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("90s, 60m or 2h");
    }
}
