package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.Signer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallRecordTest extends CallRecordContract {
    @TempDir
    private Path directory;

    @Override
    CallJournal open(Signer keyOrNull) {
        Path file = directory.resolve("journal.db");
        return keyOrNull == null ? CallJournals.file(file) : CallJournals.file(file, keyOrNull);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
    }
}
