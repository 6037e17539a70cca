package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCommandTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final String INTENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
    private static final SigningKey KEY = SigningKey.fromSeedHex("21".repeat(32));

    @TempDir
    private Path directory;

    private String file;

    @BeforeEach
    void journalTwoCalls() {
        file = directory.resolve("journal.db").toString();
        try (CallJournal journal = CallJournals.file(Path.of(file), KEY)) {
            journal.claim(JournalEntry.started(key("c1"), facts("bookHotel"), null, "audit", "decision", AT));
            journal.record(JournalEntry.refused(
                    key("c2"), facts("wire\u001b[2Jmoney"), null, CallState.DENIED, "tool.undeclared", null, AT));
        }
    }

    private static CallKey key(String callId) {
        return new CallKey(INTENT, callId);
    }

    private static CallFacts facts(String tool) {
        return new CallFacts("tenant-a", tool, tool, "d", 4200);
    }

    @Test
    void listsCallsWithoutObeyingWhatAModelWrote() {
        Run run = Run.of("journal", "list", "--file", file);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("STARTED", "bookHotel", "wire?[2Jmoney", "(tool.undeclared)");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void listsOnlyTheStatesThatWereAskedFor() {
        Run run = Run.of("journal", "list", "--file", file, "--state", "started", "--format", "json");
        assertThat(JsonObject.parse(run.out()).array("calls").orElseThrow().objectItems())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.string("call_id")).contains("c1");
                    assertThat(call.bool("needs_a_person")).contains(true);
                });
    }

    @Test
    void showsOneCall() {
        Run run = Run.of("journal", "show", "--file", file, INTENT, "c1");
        assertThat(run.status()).isZero();
        assertThat(JsonObject.parse(run.out()).string("decision_id")).contains("decision");
    }

    @Test
    void saysThatThereIsNoSuchCall() {
        assertThat(Run.of("journal", "show", "--file", file, INTENT, "c9").status())
                .isEqualTo(1);
    }

    @Test
    void verifiesTheRecord() {
        Run run = verify();
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("WHOLE 2 entries, last hash ");
    }

    @Test
    void saysWhereTheRecordIsBroken() throws SQLException {
        try (Connection past = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            past.createStatement().executeUpdate("UPDATE paybond_record SET content = REPLACE(content, '4200', '1')");
        }
        Run run = verify();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).startsWith("BROKEN record.altered at entry 1");
    }

    private Run verify() {
        return Run.of(
                "journal", "verify", "--file", file, "--key", KEY.publicKey().hex());
    }

    @Test
    void makesNoJournalWhereThereIsNone() {
        Run run =
                Run.of("journal", "list", "--file", directory.resolve("typo.db").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(directory.resolve("typo.db")).doesNotExist();
    }

    @Test
    void asksWhichJournal() {
        assertThat(Run.of("journal", "list").status()).isEqualTo(2);
    }
}
