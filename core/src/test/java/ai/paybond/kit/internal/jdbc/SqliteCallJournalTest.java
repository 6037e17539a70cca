package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallJournalContract;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallJournalTest extends CallJournalContract {
    @TempDir
    private Path directory;

    @Override
    protected CallJournal open() {
        return CallJournals.file(directory.resolve("contract.db"));
    }

    @Test
    void findsEverythingAgainAfterReopening() {
        Path file = directory.resolve("kept.db");
        try (CallJournal journal = CallJournals.file(file)) {
            journal.claim(started("running"));
            journal.record(executed("owed"));
        }
        try (CallJournal journal = CallJournals.file(file)) {
            assertThat(journal.find(key("running"))).contains(started("running"));
            assertThat(journal.pending(null, 10)).containsExactly(executed("owed"));
            assertThat(journal.claim(started("owed"))).isEqualTo(new ClaimResult.InTheWay(executed("owed")));
        }
    }

    @Test
    void keepsWhateverAuthoritiesToolsAndClocksSay() {
        Instant precise = Instant.parse("+12026-11-21T10:00:00.123456789Z");
        String odd = "\u0000 \ud800 \"\\ ';-- \ud83d\ude00";
        CallFacts facts = new CallFacts(odd, odd, odd, odd, Long.MAX_VALUE);
        EvidenceContext context = new EvidenceContext(odd, odd, odd, odd, odd, Long.MIN_VALUE, null, odd);
        EvidenceEnvelope owed = new EvidenceEnvelope(
                context, JsonObject.parse("{\"b\":[1.5,null,{}],\"a\":true}"), odd, odd, EvidenceSeal.OWED, null);
        JournalEntry entry = JournalEntry.started(key("c1"), facts, null, odd, odd, precise)
                .executed(owed, precise)
                .delivered(new DeliveryReceipt(odd, true), precise);
        try (CallJournal journal = open()) {
            journal.record(entry);
            assertThat(journal.find(key("c1"))).contains(entry);
        }
    }

    @Test
    void tellsCallIdsApartThatLookLikeSql() {
        try (CallJournal journal = open()) {
            assertThat(journal.claim(started("' OR 1=1 --"))).isEqualTo(new ClaimResult.Owned());
            assertThat(journal.find(key("c1"))).isEmpty();
        }
    }

    @Test
    void keepsNewFilesForTheirOwner() throws Exception {
        try (CallJournal journal = open();
                Stream<Path> files = Files.list(directory)) {
            journal.claim(started("c1"));
            assertThat(files.toList()).hasSize(3).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void flushesEveryCommitToTheDevice() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(directory.resolve("contract.db"), Duration.ofSeconds(5))) {
            assertThat(database.<String>read(connection -> pragma(connection, "journal_mode")))
                    .isEqualTo("wal");
            assertThat(database.<String>read(connection -> pragma(connection, "synchronous")))
                    .isEqualTo("2");
        }
    }

    @Test
    void opensANewFileForManyAtOnce() throws Exception {
        Path file = directory.resolve("crowded.db");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                claims.add(threads.submit(() -> {
                    try (CallJournal journal = CallJournals.file(file)) {
                        return journal.claim(started("c1")) instanceof ClaimResult.Owned;
                    }
                }));
            }
            int won = 0;
            for (Future<Boolean> claim : claims) {
                won += claim.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void claimsForAnInterruptedThreadAndKeepsTheInterrupt() {
        try (CallJournal journal = open()) {
            Thread.currentThread().interrupt();
            assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.Owned());
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void survivesTheKillingOfTheProcessAfterAClaim() throws Exception {
        Path file = directory.resolve("killed.db");
        try (OtherProcess process = OtherProcess.start(file, "claim", "c1")) {
            process.awaitLine("done");
            process.kill();
        }
        try (CallJournal journal = CallJournals.file(file)) {
            assertThat(journal.inState(CallState.STARTED, 10)).containsExactly(started("c1"));
            assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.InTheWay(started("c1")));
        }
    }

    @Test
    void survivesTheKillingOfTheProcessAfterTheToolRan() throws Exception {
        Path file = directory.resolve("killed.db");
        try (OtherProcess process = OtherProcess.start(file, "execute", "c1")) {
            process.awaitLine("done");
            process.kill();
        }
        try (CallJournal journal = CallJournals.file(file)) {
            assertThat(journal.pending(null, 10)).containsExactly(executed("c1"));
            assertThat(journal.find(key("c1")).orElseThrow().envelope().signedBody())
                    .isEqualTo(executed("c1").envelope().signedBody());
        }
    }

    @Test
    void givesEachCallToOneOfTwoProcesses() throws Exception {
        Path file = directory.resolve("shared.db");
        try (OtherProcess one = OtherProcess.start(file, "rival", "40");
                OtherProcess two = OtherProcess.start(file, "rival", "40")) {
            int won = Integer.parseInt(one.nextLine()) + Integer.parseInt(two.nextLine());
            assertThat(won).isEqualTo(40);
        }
    }

    @Test
    void leavesNothingOfAWriteThatFailsHalfWay() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(directory.resolve("contract.db"), Duration.ofSeconds(5));
                CallJournal journal = new JdbcCallJournal(database)) {
            journal.claim(started("c1"));
            Database.Work<Boolean> halfWay = connection -> {
                execute(connection, "DELETE FROM paybond_call");
                throw new SQLException("the power is gone");
            };
            assertThatThrownBy(() -> database.write(halfWay)).hasMessage("the power is gone");
            assertThat(journal.find(key("c1"))).isPresent();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
