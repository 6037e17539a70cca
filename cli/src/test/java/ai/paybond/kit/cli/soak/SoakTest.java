package ai.paybond.kit.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A soak of a moment: calls are made, and none has another outcome than it should. Growth needs longer. */
class SoakTest {
    @TempDir
    private Path directory;

    @Test
    void makesCallsOfEveryKindAndLooks() throws Exception {
        List<String> progress = new ArrayList<>();
        SoakReport report = new Soak(directory).run(Duration.ofSeconds(2), 2, progress::add);
        assertThat(report.violations()).isEmpty();
        assertThat(progress).hasSize(2);
        assertThat(report.toText()).contains("descriptors").hasLineCount(3);
        assertThat(report.toJson().array("samples").orElseThrow().items()).hasSize(2);
    }
}
