package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.INTENT;
import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.denied;
import static ai.paybond.kit.journal.Entries.envelope;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.facts;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.postponed;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link CallJournal} promises; a store's test extends this. */
public abstract class CallJournalContract extends DeliveryLeaseContract {

    @Test
    void findsNothingBeforeAnythingIsKept() {
        assertThat(journal.find(key("c1"))).isEmpty();
        assertThat(journal.pending(null, 10)).isEmpty();
        assertThat(journal.inState(CallState.STARTED, 10)).isEmpty();
    }

    @Test
    void givesAFreeCallToTheFirstClaim() {
        assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.Owned());
        assertThat(journal.find(key("c1"))).contains(started("c1"));
    }

    @Test
    void refusesASecondClaimAndShowsWhatIsInTheWay() {
        journal.claim(started("c1"));
        assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.InTheWay(started("c1")));
    }

    @Test
    void refusesAClaimOnACallThatRanWhateverItsArguments() {
        journal.claim(started("c1"));
        journal.record(executed("c1"));
        assertThat(journal.claim(started(key("c1"), "other", null)))
                .isEqualTo(new ClaimResult.InTheWay(executed("c1")));
        assertThat(journal.find(key("c1"))).contains(executed("c1"));
    }

    @Test
    void letsADeniedCallBeTakenUp() {
        JournalEntry denied = denied("c1", "digest");
        journal.record(denied);
        JournalEntry again = started(key("c1"), "other", denied);
        assertThat(journal.claim(again)).isEqualTo(new ClaimResult.Owned());
        assertThat(journal.find(key("c1"))).contains(again);
    }

    @Test
    void letsAHeldCallBeTakenUpWithEqualArgumentsOnly() {
        JournalEntry held =
                JournalEntry.held(key("c1"), facts("digest"), null, Entries.waiting(), "approval_required", null, T0);
        journal.record(held);
        assertThat(journal.find(key("c1"))).contains(held);
        assertThat(journal.claim(started(key("c1"), "other", held))).isEqualTo(new ClaimResult.InTheWay(held));
        assertThat(journal.claim(started(key("c1"), "digest", held))).isEqualTo(new ClaimResult.Owned());
    }

    @Test
    void keepsAClosedCallClosed() {
        JournalEntry held =
                JournalEntry.held(key("c1"), facts("digest"), null, Entries.waiting(), "approval_required", null, T0);
        JournalEntry closed = held.closed("approval.rejected", "too dear", T0.plusSeconds(1));
        JournalEntry heldAgain =
                JournalEntry.held(key("c1"), facts("digest"), held, Entries.waiting(), "approval_required", null, T0);
        journal.record(held);
        assertThat(journal.record(closed)).isTrue();
        assertThat(journal.record(heldAgain)).isFalse();
        assertThat(journal.claim(started(key("c1"), "digest", held))).isEqualTo(new ClaimResult.InTheWay(closed));
        assertThat(journal.find(key("c1"))).contains(closed);
    }

    @Test
    void keepsTheSameCallIdOfTwoIntentsApart() {
        journal.claim(started("c1"));
        CallKey elsewhere = new CallKey("11111111-1111-4111-8111-111111111111", "c1");
        assertThat(journal.claim(started(elsewhere, "digest", null))).isEqualTo(new ClaimResult.Owned());
    }

    @Test
    void keepsTheSignedBytesCharacterForCharacter() {
        String body = "{\"b\":1,\"a\":\"\u00e9\\u0000\ud83d\ude00  \",\"n\":1e21}";
        JournalEntry entry = started("c1").executed(Entries.owed("c1").signedAs(body), T0);
        journal.claim(started("c1"));
        journal.record(entry);
        assertThat(journal.find(key("c1")).orElseThrow().envelope().signedBody())
                .isEqualTo(body);
        assertThat(journal.find(key("c1"))).contains(entry);
    }

    @Test
    void keepsEveryMemberOfASettledEntry() {
        JournalEntry settled = executed("c1")
                .spendCompleted(T0.plusSeconds(2))
                .delivered(new DeliveryReceipt("evidence_submitted", false), T0.plusSeconds(3));
        journal.claim(started("c1"));
        journal.record(settled);
        assertThat(journal.find(key("c1"))).contains(settled);
    }

    @Test
    void ignoresALateWriteOfAnOlderEntry() {
        JournalEntry settled = executed("c1").spendCompleted(T0).delivered(new DeliveryReceipt(null, null), T0);
        journal.claim(started("c1"));
        assertThat(journal.record(settled)).isTrue();
        assertThat(journal.record(postponed(executed("c1"), T0))).isFalse();
        assertThat(journal.record(settled)).isFalse();
        assertThat(journal.find(key("c1"))).contains(settled);
    }

    @Test
    void neverReplacesACallThatRanByARefusal() {
        journal.claim(started("c1"));
        assertThat(journal.record(denied("c1", "digest"))).isFalse();
        assertThat(journal.find(key("c1"))).contains(started("c1"));
    }

    @Test
    void neverReplacesACallThatRanByTheLatestOfManyRefusals() {
        JournalEntry first = denied("c1", "digest");
        JournalEntry second = JournalEntry.refused(
                key("c1"), facts("digest"), first, CallState.DENIED, "operation_not_allowed", null, T0);
        JournalEntry third = JournalEntry.refused(
                key("c1"), facts("digest"), second, CallState.DENIED, "operation_not_allowed", null, T0);
        journal.record(first);
        journal.record(second);
        assertThat(journal.claim(started("c1"))).isEqualTo(new ClaimResult.Owned());
        assertThat(journal.record(third)).isFalse();
        assertThat(journal.record(executed("c1"))).isTrue();
        assertThat(journal.find(key("c1"))).contains(executed("c1"));
    }

    @Test
    void listsNoMoreThanIsAskedFor() {
        journal.record(executedIn(INTENT, "late", 9));
        journal.record(executed("early"));
        journal.record(started("running"));
        assertThat(journal.pending(null, 10))
                .extracting(entry -> entry.key().callId())
                .containsExactly("early", "late");
        assertThat(journal.pending(null, 1))
                .extracting(entry -> entry.key().callId())
                .containsExactly("early");
    }

    @Test
    void listsWhatIsOwedForOneIntent() {
        CallKey elsewhere = new CallKey("11111111-1111-4111-8111-111111111111", "c1");
        journal.record(executed("c1"));
        journal.record(started(elsewhere, "digest", null).executed(envelope("c1"), T0));
        assertThat(journal.pending(INTENT, 10)).containsExactly(executed("c1"));
    }

    @Test
    void listsAnUnconsumedSpendWithoutEvidence() {
        JournalEntry entry = started("c1").executedWithout(EvidenceStatus.NONE, null, T0);
        journal.record(entry);
        assertThat(journal.pending(null, 10)).containsExactly(entry);
        journal.record(entry.spendCompleted(T0));
        assertThat(journal.pending(null, 10)).isEmpty();
    }

    @Test
    void listsCallsByState() {
        journal.claim(started("running"));
        journal.claim(started("doubt"));
        journal.record(started("doubt").inDoubt("java.io.IOException", T0));
        assertThat(journal.inState(CallState.IN_DOUBT, 10))
                .extracting(entry -> entry.key().callId())
                .containsExactly("doubt");
        assertThat(journal.inState(CallState.STARTED, 10))
                .extracting(entry -> entry.key().callId())
                .containsExactly("running");
    }

    @Test
    void givesACallToExactlyOneOfManyClaims() throws Exception {
        int rivals = 16;
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(rivals);
        try {
            List<Future<ClaimResult>> claims = new ArrayList<>();
            for (int i = 0; i < rivals; i++) {
                claims.add(threads.submit(() -> {
                    together.await();
                    return journal.claim(started("c1"));
                }));
            }
            together.countDown();
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
    void endsWithTheNewestEntryHoweverWritesAreOrdered() throws Exception {
        List<JournalEntry> history = new ArrayList<>(List.of(started("c1"), executed("c1")));
        IntStream.range(0, 30).forEach(i -> history.add(postponed(history.get(history.size() - 1), T0.plusSeconds(i))));
        JournalEntry newest = history.get(history.size() - 1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> writes = new ArrayList<>();
            for (JournalEntry entry : history) {
                writes.add(threads.submit(() -> journal.record(entry)));
            }
            for (Future<Boolean> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(journal.find(key("c1"))).contains(newest);
    }

    @Test
    void listsForPeopleWhatChangedLastFirst() {
        journal.record(denied("refused", "digest"));
        journal.record(executed("later"));
        CallKey elsewhere = new CallKey("11111111-1111-4111-8111-111111111111", "c1");
        journal.record(started(elsewhere, "digest", null).failed("x", T0.plusSeconds(9)));
        assertThat(ids(JournalQuery.all(10))).containsExactly("c1", "later", "refused");
        assertThat(ids(JournalQuery.all(2))).containsExactly("c1", "later");
        assertThat(ids(new JournalQuery(Set.of(CallState.DENIED, CallState.EXECUTED), null, 10)))
                .containsExactly("later", "refused");
        assertThat(ids(new JournalQuery(Set.of(), INTENT, 10))).containsExactly("later", "refused");
        assertThat(ids(new JournalQuery(Set.of(CallState.FAILED), INTENT, 10))).isEmpty();
    }

    private List<String> ids(JournalQuery query) {
        return journal.list(query).stream().map(entry -> entry.key().callId()).toList();
    }

    @Test
    void keepsWhyAndUntilWhenACallIsPostponed() {
        JournalEntry waiting = executed("c1").postponed("http_503", T0.plusSeconds(7), T0.plusNanos(1));
        journal.record(waiting);
        assertThat(journal.find(key("c1"))).contains(waiting);
    }

    @Test
    void keepsThatACallRanOffline() {
        JournalEntry offline = JournalEntry.startedOffline(key("c1"), facts("digest"), null, Entries.question(), T0);
        journal.claim(offline);
        assertThat(journal.find(key("c1"))).contains(offline);
        assertThat(journal.pending(null, 10)).isEmpty();
        JournalEntry owing = offline.executedWithout(EvidenceStatus.NONE, null, T0);
        journal.record(owing);
        assertThat(journal.pending(null, 10)).containsExactly(owing);
    }
}
