package ai.paybond.kit.benchmarks;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An empty journal of each kind, with what it needs below it. */
final class Journals implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final String SCHEMA = "bench";

    private final JournalKind kind;
    private final @Nullable Path directory;
    private final @Nullable EmbeddedPostgres server;
    private final @Nullable HikariDataSource pool;
    private final CallJournal journal;

    private Journals(
            JournalKind kind,
            @Nullable Path directory,
            @Nullable EmbeddedPostgres server,
            @Nullable HikariDataSource pool,
            CallJournal journal) {
        this.kind = kind;
        this.directory = directory;
        this.server = server;
        this.pool = pool;
        this.journal = journal;
    }

    static Journals open(JournalKind kind) throws IOException {
        return switch (kind) {
            case MEMORY -> new Journals(kind, null, null, null, new InMemoryCallJournal());
            case FILE -> inFile();
            case POSTGRESQL -> inPostgresql();
        };
    }

    private static Journals inFile() throws IOException {
        Path directory = Files.createTempDirectory("paybond-bench");
        return new Journals(
                JournalKind.FILE, directory, null, null, CallJournals.file(directory.resolve("journal.db")));
    }

    private static Journals inPostgresql() throws IOException {
        EmbeddedPostgres server = startPostgresql();
        HikariDataSource pool = pool(server.getJdbcUrl("postgres", "postgres"), CONNECTIONS);
        return new Journals(JournalKind.POSTGRESQL, null, server, pool, journal(pool));
    }

    static EmbeddedPostgres startPostgresql() throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("max_connections", "300")
                .start();
    }

    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    static CallJournal journal(HikariDataSource pool) {
        return CallJournals.postgresql(pool, new PostgresqlOptions(SCHEMA, true));
    }

    CallJournal journal() {
        return journal;
    }

    /** Copies the one call that the journal has, so that it holds this many settled calls. */
    void fill(int rows) throws SQLException {
        switch (kind) {
            case MEMORY -> {} // it keeps so many and no more
            case FILE -> {
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory + "/journal.db")) {
                    execute(
                            connection,
                            filling(
                                    "",
                                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n" + " WHERE i < "
                                            + rows + ") ",
                                    "n"));
                }
            }
            case POSTGRESQL -> {
                try (Connection connection =
                        java.util.Objects.requireNonNull(pool).getConnection()) {
                    execute(connection, filling(SCHEMA + ".", "", "generate_series(1, " + rows + ") AS n(i)"));
                    execute(connection, "ANALYZE " + SCHEMA + ".paybond_call");
                }
            }
        }
    }

    private static String filling(String schema, String with, String numbers) {
        String columns = "tenant_id, attempt, revision, state, pending, changed_s, changed_ns, finished_s, finished_ns,"
                + " due_ms, runner, entry, signed_body";
        return with + "INSERT INTO " + schema + "paybond_call (intent_id, call_id, " + columns + ") SELECT intent_id,"
                + " 'filler-' || i, " + columns + " FROM " + numbers + ", (SELECT * FROM " + schema
                + "paybond_call LIMIT 1) AS template";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
        if (pool != null) {
            pool.close();
        }
        if (server != null) {
            server.close();
        }
        if (directory != null) {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
