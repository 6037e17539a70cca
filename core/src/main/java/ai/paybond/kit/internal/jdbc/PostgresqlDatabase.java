package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.journal.JournalException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One schema of a PostgreSQL database, over the caller's connections. Each piece of work is a transaction of its own with
 * its own limits of time; connections go back as they came. How long it takes to get a connection is the pool's to limit.
 */
final class PostgresqlDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(PostgresqlDatabase.class);

    /** Names that need no quoting and are equal to nothing else. */
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final DataSource dataSource;
    private final int networkTimeoutMillis;
    private final String preamble;

    private PostgresqlDatabase(DataSource dataSource, String schema, Duration patience) {
        this.dataSource = dataSource;
        this.networkTimeoutMillis = Math.toIntExact(patience.multipliedBy(2).toMillis());
        long millis = patience.toMillis();
        this.preamble = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                + "SET LOCAL search_path = " + schema + ";"
                + "SET LOCAL lock_timeout = " + millis + ";"
                + "SET LOCAL statement_timeout = " + millis + ";"
                + "SELECT set_config('synchronous_commit', 'on', true)"
                + " WHERE current_setting('synchronous_commit') = 'off'";
    }

    /**
     * @param patience how long a statement may take or wait for a lock; a server that does not answer at all is given up
     *     after twice that
     * @throws ConfigurationException {@code journal.schema_name} or {@code journal.migrations}
     * @throws JournalException when the database cannot be used or its tables are not those of this version
     */
    static PostgresqlDatabase open(DataSource dataSource, String schema, boolean migrate, Duration patience) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new ConfigurationException(
                    "journal.schema_name", "a schema's name is up to 63 lower-case letters, digits and underscores");
        }
        if (migrate) {
            migrate(dataSource, schema);
        }
        PostgresqlDatabase database = new PostgresqlDatabase(dataSource, schema, patience);
        try {
            database.requireTables();
        } catch (SQLException e) {
            throw database.failure(e);
        }
        return database;
    }

    private static void migrate(DataSource dataSource, String schema) {
        try {
            Class.forName("org.flywaydb.core.Flyway");
            Class.forName("org.flywaydb.database.postgresql.PostgreSQLDatabaseType");
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(
                    "journal.migrations",
                    "making the journal's tables needs org.flywaydb:flyway-database-postgresql on the class path",
                    e);
        }
        Migrations.run(dataSource, schema);
    }

    private void requireTables() throws SQLException {
        read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT due_ms, runner, content FROM paybond_call, paybond_record WHERE 1 = 0")) {
                return rows.next();
            }
        });
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return write(work);
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int before = connection.getNetworkTimeout();
            try {
                connection.setNetworkTimeout(Runnable::run, networkTimeoutMillis);
                connection.setAutoCommit(false);
                return transaction(connection, work);
            } finally {
                restore(connection, autoCommit, before);
            }
        }
    }

    /** A connection that cannot be restored is broken, which its pool finds out by itself. */
    private static void restore(Connection connection, boolean autoCommit, int networkTimeout) {
        try {
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException e) {
            log.debug("a connection does not go back as it came", e);
        }
    }

    private <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute(preamble);
            }
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (Throwable e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public String rowLock() {
        return " FOR UPDATE";
    }

    @Override
    public String freeRowLock() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public String recordLock() {
        return "LOCK TABLE paybond_record IN EXCLUSIVE MODE";
    }

    @Override
    public JournalException failure(SQLException fault) {
        return SqlFaults.ofPostgresql(fault);
    }

    /** The connections are the caller's. */
    @Override
    public void close() {}
}
