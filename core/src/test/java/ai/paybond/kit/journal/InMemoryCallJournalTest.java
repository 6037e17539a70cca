package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.denied;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.evidence.EvidenceStatus;
import org.junit.jupiter.api.Test;

class InMemoryCallJournalTest extends CallJournalContract {
    @Override
    protected CallJournal open() {
        return new InMemoryCallJournal(200);
    }

    @Test
    void forgetsRefusalsBeforeCallsThatRan() {
        CallJournal journal = new InMemoryCallJournal(2);
        journal.record(delivered("old"));
        journal.record(denied("refused", "digest"));
        journal.record(denied("flood", "digest"));
        assertThat(journal.find(key("refused"))).isEmpty();
        assertThat(journal.find(key("old"))).isPresent();
        assertThat(journal.find(key("flood"))).isPresent();
    }

    @Test
    void forgetsTheCallThatWasSettledTheLongest() {
        CallJournal journal = new InMemoryCallJournal(2);
        journal.record(delivered("first"));
        journal.record(delivered("second"));
        journal.claim(started("third"));
        assertThat(journal.find(key("first"))).isEmpty();
        assertThat(journal.find(key("second"))).isPresent();
    }

    @Test
    void neverForgetsWhatIsOwedRunningInDoubtOrParked() {
        CallJournal journal = new InMemoryCallJournal(4);
        journal.record(executed("owed"));
        journal.claim(started("running"));
        journal.record(started("doubt").inDoubt("java.io.IOException", T0));
        journal.record(started("parked")
                .executedWithout(EvidenceStatus.UNMAPPED, "result.missing", T0)
                .spendCompleted(T0));
        assertThatThrownBy(() -> journal.claim(started("next")))
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.code()).isEqualTo("journal.full"));
        assertThat(journal.find(key("owed"))).isPresent();
        assertThat(journal.find(key("parked"))).isPresent();
    }

    @Test
    void takesTransitionsOfKeptCallsWhenFull() {
        CallJournal journal = new InMemoryCallJournal(1);
        journal.claim(started("c1"));
        assertThat(journal.record(executed("c1"))).isTrue();
    }

    @Test
    void needsRoomForOneEntry() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryCallJournal(0));
    }

    private static JournalEntry delivered(String callId) {
        return executed(callId).spendCompleted(T0).delivered(new DeliveryReceipt(null, null), T0);
    }
}
