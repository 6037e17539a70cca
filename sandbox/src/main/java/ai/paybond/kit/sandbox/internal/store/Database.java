package ai.paybond.kit.sandbox.internal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The sandbox's store. Thread-safe; every unit of work is one transaction. */
public final class Database implements AutoCloseable {
    private static final String USER = "sandbox";
    private static final int CONNECTIONS = 8;
    private static final String POSTGRES = "jdbc:postgresql:";

    private final HikariDataSource pool;
    private final @Nullable Path directory;

    private Database(String url, @Nullable Path directory) {
        this.directory = directory;
        this.pool = pool(url);
        migrate();
    }

    /** A store that is gone when it is closed. */
    public static Database inMemory() {
        return new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", null);
    }

    /** A store in {@code directory}, which is created, and closed to other users, where the file system knows how. */
    public static Database in(Path directory) {
        PrivateFiles.createDirectory(directory);
        Path file = directory.toAbsolutePath().resolve("sandbox");
        Database database = new Database("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE", directory);
        PrivateFiles.restrictContents(directory);
        return database;
    }

    /**
     * A store in a PostgreSQL database, which one sandbox at a time may use. The URL carries user and password.
     *
     * @throws IllegalArgumentException for a URL of anything else
     */
    public static Database at(String url) {
        if (!url.startsWith(POSTGRES)) {
            throw new IllegalArgumentException("The store's URL must start with " + POSTGRES);
        }
        return new Database(url, null);
    }

    /** Runs {@code work} in one transaction: committed when it returns, rolled back when it throws. */
    public <T> T inTransaction(Function<Session, T> work) {
        try (Connection connection = pool.getConnection()) {
            return run(connection, work);
        } catch (SQLException e) {
            throw new StoreException("The sandbox store failed.", e);
        }
    }

    private <T> T run(Connection connection, Function<Session, T> work) throws SQLException {
        try {
            Session session = new Session(connection);
            T result = work.apply(session);
            connection.commit();
            if (directory != null && session.changed()) {
                writeOut(connection);
            }
            return result;
        } catch (RuntimeException | Error e) {
            connection.rollback();
            throw e;
        }
    }

    /**
     * Hands what was committed to the operating system, so that the end of this process does not lose it. H2 would do so
     * itself with {@code WRITE_DELAY=0}, but has no thread then that makes room in its file, which grows by some 50 KiB
     * with each call.
     */
    private static void writeOut(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (!url.startsWith(POSTGRES)) {
            config.setUsername(USER);
            config.setPassword("");
        }
        config.setAutoCommit(false);
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName("paybond-sandbox");
        return new HikariDataSource(config);
    }

    private void migrate() {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:ai/paybond/kit/sandbox/migrations")
                .load()
                .migrate();
    }

    @Override
    public void close() {
        String url = pool.getJdbcUrl();
        pool.close();
        if (!url.startsWith(POSTGRES)) {
            shutDown(url);
        }
    }

    private void shutDown(String url) {
        try (Connection last = DriverManager.getConnection(url, USER, "");
                Statement statement = last.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new StoreException("The sandbox store did not close cleanly.", e);
        }
        if (directory != null) {
            PrivateFiles.restrictContents(directory);
        }
    }
}
