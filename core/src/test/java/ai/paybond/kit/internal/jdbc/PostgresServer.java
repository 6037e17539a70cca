package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A PostgreSQL server of a test's own, with a pool of connections and a fresh schema for each journal. */
public final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final AtomicInteger schemas = new AtomicInteger();

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
        this.pool = pool(url());
    }

    public static PostgresServer start() throws IOException {
        return new PostgresServer(EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .start());
    }

    /** For other processes. */
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    public static HikariDataSource pool(String url) {
        return pool(url, config -> {});
    }

    public static HikariDataSource pool(String url, Consumer<HikariConfig> settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        settings.accept(config);
        return new HikariDataSource(config);
    }

    public HikariDataSource pool() {
        return pool;
    }

    public String newSchema() {
        return "journal_" + schemas.incrementAndGet();
    }

    /** An empty journal. */
    public CallJournal journal() {
        return CallJournals.postgresql(pool, new PostgresqlOptions(newSchema(), true));
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
