package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.JournalException;
import java.io.File;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a file can fail has a code, and none of them hangs. */
class SqliteFaultsTest {
    private static final Duration BRIEFLY = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    @Test
    void saysWhenTheDiskIsFull() throws Exception {
        try (CallJournal journal = BrokenJournals.full(file)) {
            assertFails("journal.full", () -> claimUntilFull(journal));
            assertThat(journal.find(key("c0"))).contains(started("c0"));
        }
    }

    @Test
    void saysWhenTheFileMayNotBeWritten() throws Exception {
        try (CallJournal journal = BrokenJournals.readOnly(file)) {
            assertFails("journal.unwritable", () -> journal.claim(started("c1")));
            assertThat(journal.find(key("c1"))).isEmpty();
        }
    }

    @Test
    void refusesAPathInADirectoryThatIsNotThere() {
        assertFails("journal.unwritable", () -> CallJournals.file(directory.resolve("missing/journal.db")));
    }

    @Test
    void refusesADirectory() {
        assertFails("journal.unwritable", () -> CallJournals.file(directory));
    }

    @Test
    void refusesAPathThatTheDriverWouldReadAsSettings() {
        assertFails("journal.path", () -> CallJournals.file(directory.resolve("journal.db?synchronous=OFF")));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(file, "a letter to a friend".repeat(500));
        assertFails("journal.corrupt", () -> CallJournals.file(file));
    }

    @Test
    void refusesADamagedJournal() throws Exception {
        try (CallJournal journal = CallJournals.file(file)) {
            for (int i = 0; i < 100; i++) {
                journal.claim(started("c" + i));
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4096);
            bytes.write(new byte[(int) bytes.length() - 4096]);
        }
        assertFails("journal.corrupt", () -> CallJournals.file(file));
    }

    @Test
    void refusesTheDatabaseOfAnotherProgramAndLeavesItAlone() throws Exception {
        execute("CREATE TABLE theirs (x)");
        byte[] before = Files.readAllBytes(file);
        assertFails("journal.schema", () -> CallJournals.file(file));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void refusesAJournalOfALaterVersion() throws Exception {
        CallJournals.file(file).close();
        execute("PRAGMA user_version=2");
        assertFails("journal.schema", () -> CallJournals.file(file));
    }

    @Test
    void saysWhenAnEntryCannotBeRead() throws Exception {
        try (CallJournal journal = CallJournals.file(file)) {
            journal.claim(started("c1"));
            execute("UPDATE paybond_call SET entry = '{}'");
            assertFails("journal.corrupt", () -> journal.find(key("c1")));
            assertFails("journal.corrupt", () -> journal.claim(started("c1")));
        }
    }

    @Test
    void givesUpOnALockedFileAndWorksAgainAfterwards() throws Exception {
        try (CallJournal journal = new JdbcCallJournal(SqliteDatabase.open(file, BRIEFLY));
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertFails("journal.busy", () -> journal.claim(started("c1")));
            assertThat(journal.find(key("c1"))).isEmpty();
            statement.execute("ROLLBACK");
            assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.Owned());
        }
    }

    @Test
    void givesUpOpeningALockedFile() throws Exception {
        CallJournals.file(file).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertFails("journal.busy", () -> SqliteDatabase.open(file, BRIEFLY));
        }
    }

    @Test
    void refusesIdsThatTheStoreCannotTellApart() {
        try (CallJournal journal = CallJournals.file(file)) {
            assertFails("journal.key", () -> journal.claim(started("\ud800")));
            assertFails("journal.key", () -> journal.claim(started("c1\u0000")));
        }
    }

    @Test
    void failsWithATypedErrorAfterClosing() {
        CallJournal journal = CallJournals.file(file);
        journal.close();
        journal.close();
        assertFails("journal.io", () -> journal.claim(started("c1")));
        assertFails("journal.io", () -> journal.find(key("c1")));
    }

    @Test
    void namesTheDriverThatIsMissing() throws Exception {
        List<URL> withoutDriver = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!element.contains("sqlite-jdbc")) {
                withoutDriver.add(Path.of(element).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(withoutDriver.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> journals = loader.loadClass(CallJournals.class.getName());
            assertThatThrownBy(() -> journals.getMethod("file", Path.class).invoke(null, file))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasToString("ai.paybond.kit.ConfigurationException: "
                            + "a journal in a file needs org.xerial:sqlite-jdbc on the class path");
        }
        assertThat(file).doesNotExist();
    }

    private static void claimUntilFull(CallJournal journal) {
        for (int i = 0; i < 1000; i++) {
            journal.claim(started("c" + i));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertFails(String code, ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(PaybondException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            boolean configuration = code.equals("journal.path");
            assertThat(e instanceof JournalException).isNotEqualTo(configuration);
        });
    }
}
