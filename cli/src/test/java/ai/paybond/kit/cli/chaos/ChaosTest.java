package ai.paybond.kit.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosTest {
    /** Enough for each boundary once, and ten at random. */
    private static final int ROUND = 35;

    @TempDir
    private Path directory;

    @Test
    void keepsEveryPromiseWhereverTheProcessIsKilled() throws Exception {
        try (Chaos chaos = new Chaos(directory, 7)) {
            KillTable table = chaos.run(ROUND, kill -> {});
            assertThat(table.violations()).isEmpty();
            assertThat(table.toJson().object("points").orElseThrow().members()).hasSize(KillPoint.values().length);
            assertThat(table.kills()).isEqualTo(ROUND);
        }
    }

    @Test
    void noticesAJournalThatForgot() throws Exception {
        try (Chaos chaos = new Chaos(directory, 7, order -> forget(order.journal()))) {
            assertThat(chaos.run(4, kill -> {}).violations())
                    .anyMatch(violation -> violation.contains("the tool acted 2 times"));
        }
    }

    private static void forget(Path journal) {
        try {
            Files.deleteIfExists(journal);
            Files.deleteIfExists(Path.of(journal + "-wal"));
            Files.deleteIfExists(Path.of(journal + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
