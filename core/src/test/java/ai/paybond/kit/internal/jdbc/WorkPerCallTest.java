package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryLease;
import ai.paybond.kit.journal.Entries;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.SpendBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.ProgressHandler;

/**
 * What a call, or a delivery, asks of a journal must not cost more because others wait there to be delivered. Counted is what
 * the store does for it, not how long that takes.
 */
class WorkPerCallTest {
    private static final int FEW = 20;
    private static final int MANY = 1_000;
    private static final Instant NOW = T0.plusSeconds(60);
    private static final JournalEntry MINE = Entries.started(key(-1), "digest", null);

    private static PostgresServer server;
    private static String busy;

    @TempDir
    private static Path filled;

    @BeforeAll
    static void fill() throws Exception {
        fill(CallJournals.file(filled.resolve(FEW + ".db")), FEW);
        fill(CallJournals.file(filled.resolve(MANY + ".db")), MANY);
        server = PostgresServer.start();
        busy = server.newSchema();
        fill(CallJournals.postgresql(server.pool(), new PostgresqlOptions(busy, true)), MANY);
        server.execute("ANALYZE"); // as the server does by itself
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static CallKey key(int number) {
        return new CallKey("intent-" + number, "call");
    }

    private static DeliveryLease lease(String owner) {
        return new DeliveryLease("tenant-a", owner, NOW, NOW.plusSeconds(15));
    }

    static Stream<Named<Consumer<CallJournal>>> questions() {
        return Stream.of(
                named("claim", journal -> journal.claim(MINE, List.of(new SpendBudget("scope", 1_000_000)))),
                named("keep an outcome", journal -> journal.record(MINE.executed(Entries.envelope("call"), NOW))),
                named("find", journal -> journal.find(key(7))),
                named("does another call of the intent wait", journal -> journal.pending("intent-7", 16)),
                named("does any call wait", journal -> journal.pending(null, 1)),
                named(
                        "is a call of the intent in doubt",
                        journal -> journal.list(new JournalQuery(Set.of(CallState.IN_DOUBT), "intent-7", 100))),
                named("was a call abandoned", journal -> journal.abandoned("tenant-a", NOW, 100)),
                named("lease the next intent", journal -> journal.leaseDue(lease("new"), 1)),
                named("lease this intent", journal -> journal.lease(lease("new"), "intent-7")));
    }

    /** So many intents wait to be delivered, every second of them with a lease that has run out. */
    private static void fill(CallJournal filled, int intents) {
        try (CallJournal journal = filled) {
            for (int i = 0; i < intents; i++) {
                JournalEntry started = Entries.started(key(i), "digest", null);
                journal.record(started.executed(Entries.envelope("call"), T0.plusSeconds(i % 50)));
                if (i % 2 == 0) {
                    journal.lease(new DeliveryLease("tenant-a", "old", T0, T0.plusSeconds(15)), "intent-" + i);
                }
            }
        }
    }

    @Nested
    class InAFile {
        @TempDir
        private Path directory;

        static Stream<Named<Consumer<CallJournal>>> questions() {
            return WorkPerCallTest.questions();
        }

        @ParameterizedTest
        @MethodSource("questions")
        void takesAsManyStepsBesideManyAsBesideFew(Consumer<CallJournal> question) throws Exception {
            long few = steps(FEW, question);
            assertThat(steps(MANY, question)).isPositive().isLessThan(few + few / 4);
        }

        /** Of SQLite's virtual machine. */
        private long steps(int intents, Consumer<CallJournal> question) throws IOException, SQLException {
            Path file = Files.copy(filled.resolve(intents + ".db"), directory.resolve(intents + ".db"));
            Duration patience = Duration.ofSeconds(5);
            AtomicLong steps = new AtomicLong();
            try (Connection connection = SqliteDatabase.connect(file, patience)) {
                CallJournal journal = new JdbcCallJournal(SqliteDatabase.over(connection, patience));
                ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        steps.incrementAndGet();
                        return 0;
                    }
                });
                question.accept(journal);
                ProgressHandler.clearHandler(connection);
            }
            return steps.get();
        }

        @Test
        void addsTheIndexesThatAFileOfAnOlderKitLacks() throws SQLException {
            Path file = directory.resolve("older.db");
            CallJournals.file(file).close();
            try (Connection connection = SqliteDatabase.connect(file, Duration.ofSeconds(5));
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP INDEX paybond_call_owed");
                statement.execute("DROP INDEX paybond_call_due");
            }
            CallJournals.file(file).close();
            try (Connection connection = SqliteDatabase.connect(file, Duration.ofSeconds(5));
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE name IN"
                            + " ('paybond_call_owed', 'paybond_call_due')")) {
                assertThat(count.next()).isTrue();
                assertThat(count.getInt(1)).isEqualTo(2);
            }
        }
    }

    /** Where a planner chooses how to find an answer. */
    @Nested
    class InPostgresql {
        static Stream<Named<Database.Work<?>>> questions() {
            CallTable calls = new CallTable(" FOR UPDATE");
            LeaseTables leases = new LeaseTables(" FOR UPDATE SKIP LOCKED");
            return Stream.of(
                    named("find", connection -> calls.find(connection, key(7))),
                    named(
                            "does another call of the intent wait",
                            connection -> calls.pending(connection, "intent-7", 16)),
                    named("does any call wait", connection -> calls.pending(connection, null, 1)),
                    named(
                            "is a call of the intent in doubt",
                            connection -> calls.list(
                                    connection, new JournalQuery(Set.of(CallState.IN_DOUBT), "intent-7", 100))),
                    named("was a call abandoned", connection -> calls.abandoned(connection, "tenant-a", NOW, 100)),
                    named("lease the next intent", connection -> leases.leaseDue(connection, lease("new"), 1)));
        }

        @ParameterizedTest
        @MethodSource("questions")
        void readsNoMoreRowsBesideManyThanBesideFew(Database.Work<?> question) throws SQLException {
            assertThat(rows(question)).isLessThanOrEqualTo(FEW);
        }

        private long rows(Database.Work<?> question) throws SQLException {
            try (Connection connection = server.pool().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SET LOCAL search_path = " + busy);
                long before = rowsRead(statement);
                question.with(connection);
                long after = rowsRead(statement);
                connection.rollback();
                return after - before;
            }
        }

        /** By this connection, since it last told the server. */
        private static long rowsRead(Statement statement) throws SQLException {
            try (ResultSet sum = statement.executeQuery("SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))"
                    + " FROM pg_stat_xact_user_tables WHERE schemaname = current_schema()")) {
                sum.next();
                return sum.getLong(1);
            }
        }
    }
}
