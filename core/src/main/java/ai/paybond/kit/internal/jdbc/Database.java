package ai.paybond.kit.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A store with one table of calls. Every wait has an end, after which an {@link SQLException} says so. Thread-safe.
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

    @Override
    void close() throws SQLException;
}
