package ai.paybond.kit;

import static ai.paybond.kit.journal.Entries.INTENT;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.SpendBudget;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By the mark, a later process tells calls that still run from those whose process is dead; and intents are not remembered for ever. */
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

    @Test
    void forgetsIntentsOfWhichNothingIsLeftToDo() {
        SessionJournal session = new SessionJournal(shared, null);
        List<String> intents = includeMore(session, 3 * SessionJournal.REMEMBERED);
        assertThat(intents.stream().filter(session::includes).count()).isEqualTo(SessionJournal.REMEMBERED);
        assertThat(session.includes(intents.get(intents.size() - 1))).isTrue();
    }

    @Test
    void remembersAnIntentWhoseCallWaits() {
        SessionJournal session = new SessionJournal(shared, null);
        session.include(INTENT);
        session.record(executed("c1"));
        includeMore(session, 3 * SessionJournal.REMEMBERED);
        assertThat(session.includes(INTENT)).isTrue();
        assertThat(session.pending(null, 10)).containsExactly(executed("c1"));
    }

    @Test
    void remembersAnIntentWhoseCallRuns() {
        SessionJournal session = new SessionJournal(shared, null);
        session.claim(started("c1"));
        session.claim(started("c1"));
        includeMore(session, 3 * SessionJournal.REMEMBERED);
        assertThat(session.includes(INTENT)).isTrue();
        session.record(executed("c1"));
        assertThat(session.pending(null, 10)).containsExactly(executed("c1"));
    }

    @Test
    void knowsAForgottenIntentAgainOnceACallOfItBegins() {
        SessionJournal session = new SessionJournal(shared, null);
        session.include(INTENT);
        includeMore(session, 3 * SessionJournal.REMEMBERED);
        assertThat(session.includes(INTENT)).isFalse();
        session.claim(started("c1"));
        session.record(executed("c1"));
        assertThat(session.pending(null, 10)).containsExactly(executed("c1"));
    }

    @Test
    void forgetsNothingWhileTheJournalCannotTell() {
        SessionJournal session = new SessionJournal(
                new ForwardingJournal() {
                    @Override
                    protected CallJournal journal() {
                        return shared;
                    }

                    @Override
                    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
                        throw new JournalException("journal.io", "lost", null);
                    }
                },
                null);
        List<String> intents = includeMore(session, 2 * SessionJournal.REMEMBERED);
        assertThat(intents).allMatch(session::includes);
    }

    private static List<String> includeMore(SessionJournal session, int count) {
        List<String> intents =
                IntStream.range(0, count).mapToObj(i -> "intent-" + i).toList();
        intents.forEach(session::include);
        return intents;
    }
}
