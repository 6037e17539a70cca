package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a database can fail has a code, and none of them hangs. */
class PostgresqlFaultsTest {
    private static PostgresServer server;
    private String schema;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void nameTheSchema() {
        schema = server.newSchema();
    }

    private CallJournal open() {
        return CallJournals.postgresql(server.pool(), new PostgresqlOptions(schema, true));
    }

    @ParameterizedTest
    @CsvSource({
        "55P03, journal.busy", "57014, journal.busy", "40001, journal.busy", "40P01, journal.busy",
        "53300, journal.busy", "53100, journal.full", "25006, journal.unwritable", "42501, journal.unwritable",
        "42P01, journal.schema", "42703, journal.schema", "3F000, journal.schema", "08006, journal.io",
        "57P01, journal.io", "XX000, journal.io"
    })
    void givesEachStateOfTheServerACode(String state, String code) {
        assertThat(SqlFaults.ofPostgresql(new SQLException("x", state)).code()).isEqualTo(code);
    }

    @Test
    void tellsAPoolWithoutConnectionsFromAServerOutOfReach() {
        SQLException exhausted = new SQLTransientConnectionException("no connection");
        SQLException away = new SQLTransientConnectionException("no connection", "08001", new SQLException("refused"));
        assertThat(SqlFaults.ofPostgresql(exhausted).code()).isEqualTo("journal.busy");
        assertThat(SqlFaults.ofPostgresql(away).code()).isEqualTo("journal.io");
        assertThat(SqlFaults.ofPostgresql(new SQLException("no state")).code()).isEqualTo("journal.io");
    }

    @Test
    void givesUpOnALockedCallAndWorksAgainAfterwards() throws Exception {
        open().record(started("c1").neverStarted(started("c1").changedAt()));
        CallJournal impatient =
                new JdbcCallJournal(PostgresqlDatabase.open(server.pool(), schema, false, Duration.ofMillis(300)));
        try (Connection other = server.pool().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + schema + ".paybond_call");
            assertFails("journal.busy", () -> impatient.claim(started("c2")));
            other.rollback();
        }
        CallJournal patient = open();
        assertThat(patient.claim(started("c2"))).isEqualTo(new ClaimResult.Owned());
    }

    @Test
    void saysWhenTheDatabaseMayOnlyBeRead() {
        open().claim(started("c0"));
        try (HikariDataSource readOnly = PostgresServer.pool(server.url(), config -> config.setReadOnly(true))) {
            CallJournal journal = CallJournals.postgresql(readOnly, new PostgresqlOptions(schema, false));
            assertFails("journal.unwritable", () -> journal.claim(started("c1")));
            assertThat(journal.find(key("c0"))).isPresent();
        }
    }

    @Test
    void survivesTheLossOfItsConnections() throws Exception {
        CallJournal journal = open();
        journal.claim(started("c1"));
        try (Connection other = server.pool().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        }
        try {
            journal.claim(started("c2"));
        } catch (PaybondException e) {
            assertThat(e.code()).isEqualTo("journal.io");
        }
        server.pool().getHikariPoolMXBean().softEvictConnections();
        assertThat(open().find(key("c1"))).contains(started("c1"));
    }

    @Test
    void saysWhenTheServerIsGone() throws Exception {
        try (PostgresServer dying = PostgresServer.start();
                HikariDataSource pool =
                        PostgresServer.pool(dying.url(), config -> config.setConnectionTimeout(1_000))) {
            CallJournal journal = CallJournals.postgresql(pool, new PostgresqlOptions("paybond", true));
            dying.close();
            assertFails("journal.io", () -> journal.claim(started("c1")));
        }
    }

    @Test
    void refusesADatabaseWithoutItsTables() {
        assertFails(
                "journal.schema", () -> CallJournals.postgresql(server.pool(), new PostgresqlOptions(schema, false)));
    }

    @Test
    void refusesTablesOfTheSameNameThatAreNotItsOwn() throws Exception {
        server.execute("CREATE SCHEMA " + schema, "CREATE TABLE " + schema + ".paybond_call (x INTEGER)");
        assertFails("journal.schema", this::open);
        assertFails(
                "journal.schema", () -> CallJournals.postgresql(server.pool(), new PostgresqlOptions(schema, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "a-b", "a; DROP SCHEMA public", "\"quoted\"", "1st"})
    void refusesNamesOfSchemasThatNeedQuoting(String name) {
        assertFails(
                "journal.schema_name", () -> CallJournals.postgresql(server.pool(), new PostgresqlOptions(name, true)));
    }

    @Test
    void saysWhenAnEntryCannotBeRead() throws Exception {
        CallJournal journal = open();
        journal.claim(started("c1"));
        server.execute("UPDATE " + schema + ".paybond_call SET entry = '{}'");
        assertFails("journal.corrupt", () -> journal.find(key("c1")));
        assertFails("journal.corrupt", () -> journal.claim(started("c1")));
    }

    @Test
    void refusesIdsThatTheStoreCannotTellApart() {
        CallJournal journal = open();
        assertFails("journal.key", () -> journal.claim(started("\ud800")));
        assertFails("journal.key", () -> journal.claim(started("c1\u0000")));
        assertFails("journal.key", () -> journal.chargedCents("\u0000"));
    }

    @Test
    void namesTheLibraryThatMakesTables() throws Exception {
        List<URL> withoutFlyway = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!element.contains("flyway-database-postgresql")) {
                withoutFlyway.add(Path.of(element).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(withoutFlyway.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> journals = loader.loadClass(CallJournals.class.getName());
            assertThatThrownBy(() ->
                            journals.getMethod("postgresql", DataSource.class).invoke(null, server.pool()))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasToString("ai.paybond.kit.ConfigurationException: making the journal's tables needs"
                            + " org.flywaydb:flyway-database-postgresql on the class path");
        }
    }

    private static void assertFails(String code, ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(PaybondException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
