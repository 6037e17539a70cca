package ai.paybond.kit.cli.rates;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An empty journal, gone with everything that it stored once it is closed. */
final class FreshJournal implements AutoCloseable {
    private final CallJournal journal;
    private final Removal removal;

    private interface Removal {
        void run() throws IOException, SQLException;
    }

    private FreshJournal(CallJournal journal, Removal removal) {
        this.journal = journal;
        this.removal = removal;
    }

    static FreshJournal inMemory() {
        return new FreshJournal(new InMemoryCallJournal(), () -> {});
    }

    /** @param parent a directory on the disk to measure; null for the one of temporary files */
    static FreshJournal inFile(@Nullable Path parent) throws IOException {
        Path directory = parent == null
                ? Files.createTempDirectory("paybond-rates")
                : Files.createTempDirectory(parent, "paybond-rates");
        return new FreshJournal(CallJournals.file(directory.resolve("journal.db")), () -> delete(directory));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** In a schema of its own name. */
    static FreshJournal inPostgresql(DatabaseAddress address, int connections) {
        String schema = "paybond_rates_" + UUID.randomUUID().toString().replace('-', '_');
        HikariDataSource pool = pool(address, connections);
        return new FreshJournal(CallJournals.postgresql(pool, new PostgresqlOptions(schema, true)), () -> {
            try (pool;
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA " + schema + " CASCADE");
            }
        });
    }

    private static HikariDataSource pool(DatabaseAddress address, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    CallJournal journal() {
        return journal;
    }

    @Override
    public void close() throws IOException, SQLException {
        journal.close();
        removal.run();
    }
}
