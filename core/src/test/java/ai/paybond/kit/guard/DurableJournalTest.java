package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.internal.jdbc.BrokenJournals;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard whose journal is a file, over the life of more than one process. */
class DurableJournalTest {
    private final GuardFixture fixture = new GuardFixture();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("journal.db");
    }

    @Test
    void deliversTheSameBytesUnderTheSameKeyInTheNextProcess() {
        fixture.authority.deliverFault = new IllegalStateException("503");
        String signed = afterCallOf("c1");
        int signatures = fixture.signer.signatures.get();
        fixture.authority.deliverFault = null;
        try (CallJournal reopened = CallJournals.file(file)) {
            fixture.journal = reopened;
            assertThat(fixture.guard().retryPending().settled()).isEqualTo(1);
            assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        }
        assertThat(fixture.authority.delivered)
                .singleElement()
                .extracting(EvidenceEnvelope::signedBody)
                .isEqualTo(signed);
        assertThat(fixture.authority.attempts.stream().filter(attempt -> attempt.startsWith("evidence ")))
                .hasSize(2)
                .containsOnly("evidence " + fixture.authority.delivered.get(0).idempotencyKey());
        assertThat(fixture.signer.signatures).hasValue(signatures);
    }

    @Test
    void neverRunsACallAgainInTheNextProcess() {
        afterCallOf("c1");
        try (CallJournal reopened = CallJournals.file(file)) {
            fixture.journal = reopened;
            assertDenied("c1", "call.already_ran");
        }
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void deniesWhenTheDiskIsFull() throws SQLException {
        try (CallJournal full = BrokenJournals.full(file)) {
            fixture.journal = full;
            ToolGuard guard = fixture.guard();
            ToolOutcome<?> outcome = guard.call(booking("c0"), fixture::book);
            for (int i = 1; i < 500 && outcome instanceof Executed<?>; i++) {
                outcome = guard.call(booking("c" + i), fixture::book);
            }
            int runs = fixture.runs.get();
            assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                            refused.decision().reason().code())
                    .isEqualTo("journal.unavailable"));
            assertDenied("next", "journal.unavailable");
            assertThat(fixture.runs).hasValue(runs);
        }
    }

    @Test
    void deniesWhenTheJournalMayNotBeWritten() throws SQLException {
        try (CallJournal readOnly = BrokenJournals.readOnly(file)) {
            fixture.journal = readOnly;
            assertDenied("c1", "journal.unavailable");
        }
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void deniesWhenTheJournalIsClosed() {
        fixture.journal = CallJournals.file(file);
        fixture.journal.close();
        assertDenied("c1", "journal.unavailable");
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(fixture.runs).hasValue(0);
    }

    /** The signed bytes as the journal keeps them when the process ends. */
    private String afterCallOf(String callId) {
        try (CallJournal journal = CallJournals.file(file)) {
            fixture.journal = journal;
            assertThat(fixture.guard().call(booking(callId), fixture::book)).isInstanceOf(Executed.class);
            return journal.find(new CallKey(GuardFixture.INTENT, callId))
                    .orElseThrow()
                    .envelope()
                    .signedBody();
        }
    }

    private void assertDenied(String callId, String code) {
        assertThat(fixture.guard().call(booking(callId), fixture::book))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                                refused.decision().reason().code())
                        .isEqualTo(code));
    }
}
