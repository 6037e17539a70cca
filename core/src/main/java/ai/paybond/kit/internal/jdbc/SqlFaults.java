package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.JournalException;
import java.sql.SQLException;

/** Turns what a store says into the stable codes of a journal. */
final class SqlFaults {
    private SqlFaults() {}

    /** By primary result code; SQLite gives no SQL state. */
    static JournalException toJournalException(SQLException e) {
        return switch (e.getErrorCode() & 0xff) {
            case 5, 6 -> busy(e);
            case 13 -> full(e);
            case 3, 8, 14 -> unwritable(e);
            case 11, 26 -> new JournalException("journal.corrupt", "the journal is damaged or is no journal", e);
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
