package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallJournalContract;
import ai.paybond.kit.journal.ClaimResult;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresqlCallJournalTest extends CallJournalContract {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected CallJournal open() {
        return server.journal();
    }

    @Test
    void findsEverythingAgainAfterReopening() {
        PostgresqlOptions options = new PostgresqlOptions(server.newSchema(), true);
        try (CallJournal journal = CallJournals.postgresql(server.pool(), options)) {
            journal.claim(started("running"));
            journal.record(executed("owed"));
        }
        PostgresqlOptions withoutMigrations = new PostgresqlOptions(options.schema(), false);
        try (CallJournal journal = CallJournals.postgresql(server.pool(), withoutMigrations)) {
            assertThat(journal.find(key("running"))).contains(started("running"));
            assertThat(journal.pending(null, 10)).containsExactly(executed("owed"));
        }
    }

    @Test
    void makesItsTablesBesideThoseOfOthers() throws Exception {
        String schema = server.newSchema();
        server.execute("CREATE SCHEMA " + schema, "CREATE TABLE " + schema + ".theirs (x INTEGER)");
        CallJournal journal = CallJournals.postgresql(server.pool(), new PostgresqlOptions(schema, true));
        assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.Owned());
        server.execute("SELECT x FROM " + schema + ".theirs");
    }

    @Test
    void opensANewSchemaForManyAtOnce() throws Exception {
        PostgresqlOptions options = new PostgresqlOptions(server.newSchema(), true);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<ClaimResult>> claims = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                claims.add(threads.submit(
                        () -> CallJournals.postgresql(server.pool(), options).claim(started("c1"))));
            }
            int won = 0;
            for (Future<ClaimResult> claim : claims) {
                won += claim.get() instanceof ClaimResult.Owned ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepsTwoSchemasApart() {
        CallJournal one = server.journal();
        CallJournal other = server.journal();
        one.claim(started("c1"));
        assertThat(other.find(key("c1"))).isEmpty();
        assertThat(other.claim(started("c1"))).isEqualTo(new ClaimResult.Owned());
    }

    @Test
    void givesConnectionsBackAsTheyCame() throws Exception {
        String schema = server.newSchema();
        CallJournals.postgresql(server.pool(), new PostgresqlOptions(schema, true));
        try (HikariDataSource one = PostgresServer.pool(server.url(), config -> config.setMaximumPoolSize(1))) {
            CallJournal journal = CallJournals.postgresql(one, new PostgresqlOptions(schema, false));
            journal.claim(started("c1"));
            try (Connection connection = one.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getNetworkTimeout()).isZero();
                assertThat(setting(statement, "lock_timeout")).isEqualTo("0");
                assertThat(setting(statement, "search_path")).doesNotContain("journal_");
            }
        }
    }

    @Test
    void commitsToDiskEvenWhereThatIsNotTheDefault() throws Exception {
        try (HikariDataSource lazy = PostgresServer.pool(
                server.url(), config -> config.setConnectionInitSql("SET synchronous_commit = off"))) {
            PostgresqlDatabase database =
                    PostgresqlDatabase.open(lazy, server.newSchema(), true, Duration.ofSeconds(60));
            String inside = database.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return setting(statement, "synchronous_commit");
                }
            });
            assertThat(inside).isEqualTo("on");
            try (Connection connection = lazy.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(setting(statement, "synchronous_commit")).isEqualTo("off");
            }
        }
    }

    private static String setting(Statement statement, String name) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
