package ai.paybond.kit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The long form: each target in a Jazzer process of its own, guided by coverage. Prints a table. */
class LongFuzzIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("fuzz.directory", "target/fuzz"));
    private static final Duration EACH = Duration.ofSeconds(Long.getLong("fuzz.seconds", 600));

    @Test
    void findsNothing() throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(Integer.getInteger("fuzz.parallel", 2));
        try {
            List<Future<FuzzRun>> runs = chosen().stream()
                    .map(target -> processes.submit(() -> FuzzRun.of(target, EACH, DIRECTORY)))
                    .toList();
            StringBuilder table = new StringBuilder(FuzzRun.HEADER);
            for (Future<FuzzRun> run : runs) {
                table.append(run.get().row());
            }
            System.out.println(table);
            for (Future<FuzzRun> run : runs) {
                assertThat(run.get().finding()).as(run.get().target().id()).isEmpty();
            }
        } finally {
            processes.shutdownNow();
        }
    }

    private static List<Targets> chosen() {
        String wanted = System.getProperty("fuzz.targets", "");
        return wanted.isBlank()
                ? List.of(Targets.values())
                : Arrays.stream(wanted.split(",")).map(Targets::ofId).toList();
    }
}
