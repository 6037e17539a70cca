package ai.paybond.kit.sandbox.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final TenantStore STORE = new TenantStore();

    @TempDir
    private Path directory;

    /** What another process would find after this one was killed is what is in the file now. */
    @Test
    void hasHandedWhatIsCommittedToTheOperatingSystem() throws IOException {
        Path found = Files.createDirectory(directory.resolve("found"));
        try (Database database = Database.in(directory.resolve("data"))) {
            database.inTransaction(session -> {
                STORE.putSetting(session, "name", "value");
                return session;
            });
            Files.copy(directory.resolve("data/sandbox.mv.db"), found.resolve("sandbox.mv.db"));
        }
        try (Database database = Database.in(found)) {
            assertThat(database.<Object>inTransaction(
                            session -> STORE.setting(session, "name").orElseThrow()))
                    .isEqualTo("value");
        }
    }

    /** Without it the file only grows. */
    @Test
    void hasAThreadThatMakesRoomInItsFile() {
        try (Database database = Database.in(directory.resolve("data"))) {
            assertThat(housekeepers()).isOne();
        }
        assertThat(housekeepers()).isZero();
    }

    private long housekeepers() {
        try (Stream<Thread> threads = Thread.getAllStackTraces().keySet().stream()) {
            return threads.map(Thread::getName)
                    .filter(name -> name.startsWith("MVStore background writer") && name.contains(directory.toString()))
                    .count();
        }
    }
}
