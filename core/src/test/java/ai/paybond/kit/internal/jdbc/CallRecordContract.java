package ai.paybond.kit.internal.jdbc;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.denied;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.postponed;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.RecordAudit;
import ai.paybond.kit.journal.RecordEntry;
import ai.paybond.kit.journal.RecordVerification;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every store promises that keeps a record. */
abstract class CallRecordContract {
    private static final SigningKey KEY = SigningKey.fromSeedHex("21".repeat(32));
    private static final SigningKey OTHER_KEY = SigningKey.fromSeedHex("22".repeat(32));

    private CallJournal journal;

    /** The one journal of this test, empty at first; without a key if that is null. */
    abstract CallJournal open(Signer keyOrNull);

    /** A connection past the journal, in its schema. */
    abstract Connection connect() throws SQLException;

    @BeforeEach
    void recordSomeCalls() {
        journal = open(KEY);
        journal.claim(started("c1"));
        journal.record(executed("c1"));
        journal.record(executed("c1").delivered(new DeliveryReceipt("submitted", true), T0));
        journal.record(denied("c2", "d"));
        journal.claim(started("c3"));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void recordsEveryTransitionInOrderDenialsIncluded() {
        assertThat(journal.recorded(0, 10))
                .extracting(CallRecordContract::callAndState)
                .containsExactly("c1 STARTED", "c1 EXECUTED", "c1 EXECUTED", "c2 DENIED", "c3 STARTED");
        assertThat(audit()).isEqualTo(new RecordVerification(5, null, null, lastHash()));
    }

    @Test
    void carriesOnWhereAnotherProcessStopped() {
        journal.close();
        journal = open(KEY);
        journal.record(started("c3").inDoubt("killed", T0));
        assertThat(audit().isWhole()).isTrue();
        assertThat(journal.recorded(5, 10))
                .extracting(CallRecordContract::callAndState)
                .containsExactly("c3 IN_DOUBT");
    }

    @Test
    void leavesOutWhatIsOnlyTriedAgain() {
        journal.record(executed("c4"));
        journal.record(postponed(executed("c4"), T0.plusSeconds(1)));
        assertThat(journal.recorded(5, 10)).hasSize(1);
        assertThat(audit().isWhole()).isTrue();
    }

    @Test
    void appendsOneAfterTheOtherFromManyThreads() {
        CompletableFuture<?>[] claims = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.runAsync(() -> journal.claim(started("t" + i))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(claims).join();
        assertThat(audit().isWhole()).isTrue();
        assertThat(audit().entries()).isEqualTo(45);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            "DELETE FROM paybond_record WHERE number = 2",                                             record.missing,       3
            "DELETE FROM paybond_record WHERE number = 1",                                             record.missing,       2
            "UPDATE paybond_record SET content = REPLACE(content, 'DENIED', 'FAILED')",                record.altered,       4
            "UPDATE paybond_record SET signature = REPLACE(signature, '0', '1') WHERE number = 3",     record.altered,       3
            "UPDATE paybond_record SET number = 9 WHERE number = 2",                                   record.missing,       3
            "UPDATE paybond_record SET number = number * -1",                                          record.call_unrecorded,
            "UPDATE paybond_record SET hash = previous_hash WHERE number = 2",                         record.altered,       2
            "UPDATE paybond_record SET previous_hash = hash WHERE number = 2",                         record.broken,        2
            "DELETE FROM paybond_call WHERE call_id = 'c2'",                                           record.call_missing,  4
            "UPDATE paybond_call SET state = 'DELIVERED' WHERE call_id = 'c3'",                        record.call_differs,  5
            """)
    void findsWhatWasTamperedWith(String statement, String code, Long number) throws SQLException {
        tamper(statement);
        RecordVerification found = audit();
        assertThat(found.code()).isEqualTo(code);
        assertThat(found.at()).isEqualTo(number);
    }

    @Test
    void findsEntriesThatChangedPlaces() throws SQLException {
        tamper("UPDATE paybond_record SET number = 100 WHERE number = 3");
        tamper("UPDATE paybond_record SET number = 3 WHERE number = 4");
        tamper("UPDATE paybond_record SET number = 4 WHERE number = 100");
        assertThat(audit().code()).isEqualTo("record.broken");
    }

    @Test
    void findsAnEndThatWasCutOffWhenItsHashIsKnown() throws SQLException {
        String known = lastHash();
        tamper("DELETE FROM paybond_record WHERE number = 5");
        tamper("DELETE FROM paybond_call WHERE call_id = 'c3'");
        assertThat(audit().isWhole()).isTrue();
        assertThat(RecordAudit.of(journal, KEY.publicKey(), known).code()).isEqualTo("record.truncated");
    }

    @Test
    void findsARecordThatWasSignedAnewWithAnotherKey() {
        assertThat(RecordAudit.of(journal, OTHER_KEY.publicKey(), null).code()).isEqualTo("record.altered");
    }

    @Test
    void cannotBeWrittenToWithoutItsKeyAndCanBeRead() {
        journal.close();
        journal = open(null);
        assertThat(journal.recorded(0, 10)).hasSize(5);
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> journal.claim(started("c4")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("journal.record_key"));
        assertThat(journal.inState(CallState.STARTED, 10)).hasSize(1);
    }

    @Test
    void cannotBeOpenedWithAnotherKey() {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> open(OTHER_KEY))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("journal.record_key"));
    }

    private RecordVerification audit() {
        return RecordAudit.of(journal, KEY.publicKey(), null);
    }

    private String lastHash() {
        List<RecordEntry> all = journal.recorded(0, 1_000);
        return all.get(all.size() - 1).hash();
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String callAndState(RecordEntry entry) {
        JsonObject call = JsonObject.parse(entry.content()).object("call").orElseThrow();
        return call.string("call_id").orElseThrow() + " " + call.string("state").orElseThrow();
    }
}
