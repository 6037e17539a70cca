package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.envelope;
import static ai.paybond.kit.journal.Entries.postponed;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a journal promises those who deliver its calls together. */
abstract class DeliveryLeaseContract extends SpendBudgetContract {

    private static DeliveryLease lease(String owner, int fromSecond) {
        return new DeliveryLease("tenant-a", owner, T0.plusSeconds(fromSecond), T0.plusSeconds(fromSecond + 60));
    }

    static JournalEntry executedIn(String intentId, String callId, int second) {
        return started(new CallKey(intentId, callId), "digest", null)
                .executed(envelope(callId), T0.plusSeconds(second));
    }

    @Test
    void leasesTheIntentsThatOweSomethingToOneOwnerAtATime() {
        journal.record(executedIn("intent-1", "c1", 0));
        journal.record(executedIn("intent-2", "c1", 0));
        journal.record(started(new CallKey("intent-3", "c1"), "digest", null));
        assertThat(journal.leaseDue(lease("one", 1), 1)).hasSize(1);
        assertThat(journal.leaseDue(lease("two", 1), 10)).hasSize(1);
        assertThat(journal.leaseDue(lease("three", 1), 10)).isEmpty();
    }

    @Test
    void givesALeaseToOthersOnceItEnds() {
        journal.record(executedIn("intent-1", "c1", 0));
        journal.leaseDue(lease("one", 1), 10);
        assertThat(journal.lease(lease("two", 60), "intent-1")).isFalse();
        assertThat(journal.lease(lease("two", 61), "intent-1")).isTrue();
        assertThat(journal.lease(lease("one", 62), "intent-1")).isFalse();
    }

    @Test
    void givesALeaseToOthersOnceItIsReleasedByItsOwner() {
        journal.record(executedIn("intent-1", "c1", 0));
        journal.leaseDue(lease("one", 1), 10);
        journal.release(lease("two", 1), "intent-1");
        assertThat(journal.leaseDue(lease("two", 1), 10)).isEmpty();
        journal.release(lease("one", 1), "intent-1");
        assertThat(journal.leaseDue(lease("two", 1), 10)).containsExactly("intent-1");
    }

    @Test
    void lengthensALeaseForItsOwner() {
        assertThat(journal.lease(lease("one", 0), "intent-1")).isTrue();
        assertThat(journal.lease(lease("one", 30), "intent-1")).isTrue();
        assertThat(journal.lease(lease("two", 61), "intent-1")).isFalse();
    }

    @Test
    void leasesNoIntentOfAnotherTenant() {
        journal.record(executedIn("intent-1", "c1", 0));
        assertThat(journal.leaseDue(new DeliveryLease("tenant-b", "one", T0, T0.plusSeconds(60)), 10))
                .isEmpty();
    }

    @Test
    void leasesNoIntentWhoseFirstCallIsPostponed() {
        JournalEntry first = executedIn("intent-1", "first", 1);
        journal.record(executedIn("intent-1", "second", 2));
        journal.record(first);
        journal.record(first.postponed("http_503", T0.plusSeconds(100), T0.plusSeconds(3)));
        assertThat(journal.leaseDue(lease("one", 99), 10)).isEmpty();
        assertThat(journal.leaseDue(lease("one", 100), 10)).containsExactly("intent-1");
    }

    @Test
    void doesNotWaitForACallThatIsParked() {
        JournalEntry first = executedIn("intent-1", "first", 1).spendCompleted(T0);
        journal.record(first.postponed("http_503", T0.plusSeconds(100), T0));
        journal.record(executedIn("intent-1", "second", 2));
        journal.record(first.postponed("x", T0, T0).evidenceRejected("delivery.attempts_exhausted", T0));
        assertThat(journal.leaseDue(lease("one", 3), 10)).containsExactly("intent-1");
        assertThat(journal.pending("intent-1", 10))
                .extracting(entry -> entry.key().callId())
                .containsExactly("second");
    }

    @Test
    void listsWhatIsOwedInTheOrderInWhichTheCallsFinished() {
        JournalEntry first = executedIn("intent-1", "first", 1);
        journal.record(executedIn("intent-1", "second", 2));
        journal.record(first);
        journal.record(postponed(first, T0.plusSeconds(9)));
        assertThat(journal.pending("intent-1", 10))
                .extracting(entry -> entry.key().callId())
                .containsExactly("first", "second");
    }

    @Test
    void dividesIntentsAmongManyOwnersAtOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            journal.record(executedIn("intent-" + i, "c1", i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<String> leased = new ArrayList<>();
        try {
            List<Future<List<String>>> leases = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String owner = "owner-" + i;
                leases.add(threads.submit(() -> {
                    List<String> mine = new ArrayList<>();
                    for (int round = 0; round < 5; round++) {
                        mine.addAll(journal.leaseDue(lease(owner, 60), 1));
                    }
                    return mine.stream().distinct().toList();
                }));
            }
            for (Future<List<String>> lease : leases) {
                leased.addAll(lease.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(leased).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void listsCallsWhoseProcessIsDead() {
        journal.keepAlive("alive", T0.plusSeconds(60));
        journal.keepAlive("late", T0.plusSeconds(10));
        journal.keepAlive("gone", T0.plusSeconds(60));
        journal.resign("gone");
        for (String runner : List.of("alive", "late", "gone", "unknown")) {
            journal.claim(started("of-" + runner).runBy(runner));
        }
        journal.claim(started("of-nobody"));
        assertThat(journal.abandoned("tenant-a", T0.plusSeconds(10), 10))
                .extracting(entry -> entry.key().callId())
                .containsExactlyInAnyOrder("of-late", "of-gone", "of-unknown");
        assertThat(journal.abandoned("tenant-b", T0.plusSeconds(10), 10)).isEmpty();
    }

    @Test
    void countsAProcessAsAliveWhileItSaysSo() {
        journal.claim(started("c1").runBy("process"));
        journal.keepAlive("process", T0.plusSeconds(10));
        journal.keepAlive("process", T0.plusSeconds(20));
        assertThat(journal.abandoned("tenant-a", T0.plusSeconds(15), 10)).isEmpty();
        journal.record(started("c1").runBy("process").executed(envelope("c1"), T0));
        assertThat(journal.abandoned("tenant-a", T0.plusSeconds(30), 10)).isEmpty();
    }
}
