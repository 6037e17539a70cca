package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A store with the tables of a journal. Every wait has an end, after which an {@link SQLException} says so. Thread-safe.
 */
interface Database extends AutoCloseable {

    /** Something to be done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads what is committed. */
    <T> T read(Work<T> work) throws SQLException;

    /** Does all of the work or none of it; what it did is on disk when this returns. */
    <T> T write(Work<T> work) throws SQLException;

    /** What is appended to a selection so that nobody changes its rows before this transaction ends. */
    String rowLock();

    /** The same for rows that nobody else has locked, leaving out the others. */
    String freeRowLock();

    /** The statement that lets one transaction append to the record at a time; empty where there is but one anyway. */
    String recordLock();

    /** What a fault of this store means to the user of a journal. */
    JournalException failure(SQLException fault);

    @Override
    void close() throws SQLException;
}
