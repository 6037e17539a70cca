package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.journal.CallJournal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Journals that can still be read and no longer be written. */
public final class BrokenJournals {
    private static final Duration BRIEFLY = Duration.ofMillis(50);

    private BrokenJournals() {}

    /** Without room for another page. */
    public static CallJournal full(Path file) throws SQLException {
        return after("PRAGMA max_page_count=1", file);
    }

    /** On a disk that allows no writing. */
    public static CallJournal readOnly(Path file) throws SQLException {
        return after("PRAGMA query_only=ON", file);
    }

    private static CallJournal after(String pragma, Path file) throws SQLException {
        CallJournals.file(file).close();
        Connection connection = SqliteDatabase.connect(file, BRIEFLY);
        try (Statement statement = connection.createStatement()) {
            statement.execute(pragma);
        }
        return new JdbcCallJournal(SqliteDatabase.over(connection, BRIEFLY));
    }
}
