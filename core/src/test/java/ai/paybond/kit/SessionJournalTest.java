package ai.paybond.kit;

import static ai.paybond.kit.journal.Entries.INTENT;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.SpendBudget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By the mark, a later process tells calls that still run from those whose process is dead. */
class SessionJournalTest {
    private final CallJournal shared = new InMemoryCallJournal();

    @Test
    void marksEachClaimWithItsProcess() {
        SessionJournal session = new SessionJournal(shared, "process-1");
        assertThat(session.claim(started("c1"))).isInstanceOf(ClaimResult.Owned.class);
        session.claim(started("c2"), List.of(new SpendBudget("run", 100_000)));

        assertThat(shared.find(key("c1")).orElseThrow().runner()).isEqualTo("process-1");
        assertThat(shared.find(key("c2")).orElseThrow().runner()).isEqualTo("process-1");
    }

    @Test
    void keepsTheMarkUntilTheCallIsDelivered() {
        SessionJournal session = new SessionJournal(shared, "process-1");
        session.claim(started("c1"));
        session.record(shared.find(key("c1"))
                .orElseThrow()
                .inDoubt("killed", started("c1").changedAt()));

        assertThat(shared.find(key("c1")).orElseThrow().runner()).isEqualTo("process-1");
    }

    @Test
    void marksNothingForAProcessThatDoesNotSayThatItLives() {
        new SessionJournal(shared, null).claim(started("c1"));

        assertThat(shared.find(key("c1")).orElseThrow().runner()).isNull();
    }

    @Test
    void showsWhatIsPendingForItsOwnIntentsAlone() {
        SessionJournal session = new SessionJournal(shared, "process-1");
        shared.record(started("c1").inDoubt("x", started("c1").changedAt()));
        assertThat(session.pending(null, 10)).isEmpty();
        session.include(INTENT);

        assertThat(session.pending(null, 10)).isEqualTo(shared.pending(INTENT, 10));
    }
}
