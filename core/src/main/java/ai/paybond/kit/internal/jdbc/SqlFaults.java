package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.JournalException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Turns what a store says into the stable codes of a journal. */
final class SqlFaults {
    private SqlFaults() {}

    /** By primary result code; SQLite gives no SQL state. */
    static JournalException ofSqlite(SQLException e) {
        return switch (e.getErrorCode() & 0xff) {
            case 5, 6 -> busy(e);
            case 13 -> full(e);
            case 3, 8, 14 -> unwritable(e);
            case 11, 26 -> new JournalException("journal.corrupt", "the journal is damaged or is no journal", e);
            default -> failed(e);
        };
    }

    /** By SQL state. Pools that have no connection to give say so in a way of their own. */
    static JournalException ofPostgresql(SQLException e) {
        if (e instanceof SQLTransientConnectionException && e.getCause() == null) {
            return busy(e);
        }
        String state = e.getSQLState();
        return switch (state == null ? "" : state) {
            case "55P03", "57014", "40001", "40P01", "53300" -> busy(e);
            case "53100" -> full(e);
            case "25006", "42501" -> unwritable(e);
            case "42P01", "42703", "3F000" ->
                new JournalException(
                        "journal.schema", "the database has no journal that this version of the kit can use", e);
            default -> failed(e);
        };
    }

    private static JournalException busy(SQLException e) {
        return new JournalException("journal.busy", "others kept the journal locked for too long", e);
    }

    private static JournalException full(SQLException e) {
        return new JournalException("journal.full", "there is no room left where the journal is", e);
    }

    private static JournalException unwritable(SQLException e) {
        return new JournalException("journal.unwritable", "the journal cannot be opened for writing", e);
    }

    private static JournalException failed(SQLException e) {
        return new JournalException("journal.io", "the journal's store failed", e);
    }
}
