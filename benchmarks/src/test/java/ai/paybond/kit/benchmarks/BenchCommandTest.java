package ai.paybond.kit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = BenchCommand.commandLine(Clock.systemUTC());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void listsWhatCanBeMeasured() {
        assertThat(run("--list")).isZero();
        assertThat(out.toString()).contains("capability", "evidence", "guard", "http", "growth", "fleet");
    }

    @Test
    void refusesNamesThatItDoesNotKnowAndNoName() {
        assertThat(run("nothing")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("see --list");
    }

    @Test
    void printsTablesOfResults(@TempDir Path directory) throws IOException {
        Measurement plain =
                new Measurement("PlainBiscuitBenchmark.cold", Map.of("blocks", "3"), Map.of("p50_us", 1000.0));
        Measurement kit = new Measurement(
                "CapabilityBenchmark.cold", Map.of("blocks", "3", "engine", "corretto"), Map.of("p50_us", 350.0));
        Report report = new Report("a machine", "2026-11-21T12:00:00Z", true, List.of(plain, kit));
        Path file = Files.writeString(
                directory.resolve("results.json"), report.toJson().toJson());

        assertThat(run("--tables", file.toString())).isZero();
        assertThat(out.toString())
                .contains("a machine; begun 2026-11-21T12:00:00Z.")
                .contains("| kit, cold, corretto |  |  | 350 (0.35) |  |");
    }
}
