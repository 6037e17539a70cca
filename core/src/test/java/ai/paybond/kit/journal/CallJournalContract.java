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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.evidence.EvidenceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallJournal} promises; a store's test extends this. */
public abstract class CallJournalContract {
    private CallJournal journal;

    /** An empty journal with room for at least 200 entries. */
    protected abstract CallJournal open() throws Exception;

    @BeforeEach
    void openJournal() throws Exception {
        journal = open();
    }

    @AfterEach
    void closeJournal() {
        journal.close();
    }

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

    @Test
    void chargesACallToEveryBudget() {
        List<SpendBudget> budgets = List.of(new SpendBudget("run", 10_000), new SpendBudget("parent", 5_000));
        assertThat(journal.claim(started("c1"), budgets)).isEqualTo(new ClaimResult.Owned());
        assertThat(journal.chargedCents("run")).isEqualTo(4_200);
        assertThat(journal.chargedCents("parent")).isEqualTo(4_200);
        assertThat(journal.chargedCents("other")).isZero();
    }

    @Test
    void changesNothingWhenOneOfSeveralBudgetsIsPassed() {
        List<SpendBudget> budgets = List.of(new SpendBudget("a", 10_000), new SpendBudget("b", 4_199));
        assertThat(journal.claim(started("c1"), budgets)).isEqualTo(new ClaimResult.OverBudget("b", 4_199));
        assertThat(journal.find(key("c1"))).isEmpty();
        assertThat(journal.chargedCents("a")).isZero();
        assertThat(journal.chargedCents("b")).isZero();
    }

    @Test
    void leavesADeniedCallAsItWasWhenABudgetIsPassed() {
        JournalEntry denied = denied("c1", "digest");
        journal.record(denied);
        journal.claim(started(key("c1"), "digest", denied), List.of(new SpendBudget("run", 1)));
        assertThat(journal.find(key("c1"))).contains(denied);
    }

    @Test
    void spendsABudgetToTheLastCent() {
        List<SpendBudget> budget = List.of(new SpendBudget("run", 8_400));
        journal.claim(started("c1"), budget);
        assertThat(journal.claim(started("c2"), budget)).isEqualTo(new ClaimResult.Owned());
        assertThat(journal.claim(started("c3"), budget)).isEqualTo(new ClaimResult.OverBudget("run", 0));
    }

    @Test
    void holdsTheStrictestOfTwoLimitsOfOneScope() {
        List<SpendBudget> budgets = List.of(new SpendBudget("run", 10_000), new SpendBudget("run", 100));
        assertThat(journal.claim(started("c1"), budgets)).isEqualTo(new ClaimResult.OverBudget("run", 100));
    }

    @Test
    void hasNothingLeftOfABudgetThatWasLowered() {
        journal.claim(started("c1"), List.of(new SpendBudget("run", 10_000)));
        assertThat(journal.claim(started("c2"), List.of(new SpendBudget("run", 100))))
                .isEqualTo(new ClaimResult.OverBudget("run", 0));
    }

    @Test
    void doesNotOverflow() {
        List<SpendBudget> unlimited = List.of(new SpendBudget("run", Long.MAX_VALUE));
        CallFacts everything = new CallFacts("tenant-a", "t", "o", "d", Long.MAX_VALUE);
        JournalEntry greedy = JournalEntry.started(key("c1"), everything, null, null, "decision", T0);
        assertThat(journal.claim(greedy, unlimited)).isEqualTo(new ClaimResult.Owned());
        assertThat(journal.claim(started("c2"), unlimited)).isEqualTo(new ClaimResult.OverBudget("run", 0));
        assertThat(journal.chargedCents("run")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesToChargeANegativeSpend() {
        CallFacts negative = new CallFacts("tenant-a", "t", "o", "d", -1);
        JournalEntry gift = JournalEntry.started(key("c1"), negative, null, null, null, T0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> journal.claim(gift, List.of(new SpendBudget("run", 100))));
        assertThat(journal.find(key("c1"))).isEmpty();
    }

    @Test
    void givesTheChargeBackWithTheRecordThatTheCallFailed() {
        journal.claim(started("c1"), List.of(new SpendBudget("run", 5_000), new SpendBudget("parent", 5_000)));
        journal.record(started("c1").failed("java.lang.IllegalStateException", T0));
        assertThat(journal.chargedCents("run")).isZero();
        assertThat(journal.chargedCents("parent")).isZero();
    }

    @Test
    void givesTheChargeBackOnceHoweverOftenTheFailureIsRecorded() {
        List<SpendBudget> budget = List.of(new SpendBudget("run", 50_000));
        journal.claim(started("c1"), budget);
        journal.claim(started("c2"), budget);
        JournalEntry failed = started("c1").failed("x", T0);
        journal.record(failed);
        journal.record(failed);
        journal.record(failed.spendCompleted(T0));
        assertThat(journal.chargedCents("run")).isEqualTo(4_200);
    }

    @Test
    void keepsACallChargedWhileItMayHaveSpent() {
        journal.claim(started("c1"), List.of(new SpendBudget("run", 5_000)));
        journal.record(started("c1").inDoubt("java.io.IOException", T0));
        assertThat(journal.chargedCents("run")).isEqualTo(4_200);
        JournalEntry doubtful = journal.find(key("c1")).orElseThrow();
        journal.record(doubtful.failed("settled.not_executed", T0));
        assertThat(journal.chargedCents("run")).isZero();
    }

    @Test
    void keepsACallChargedAfterItsDelivery() {
        journal.claim(started("c1"), List.of(new SpendBudget("run", 5_000)));
        JournalEntry delivered = executed("c1").spendCompleted(T0).delivered(new DeliveryReceipt(null, null), T0);
        journal.record(executed("c1"));
        journal.record(delivered);
        assertThat(journal.chargedCents("run")).isEqualTo(4_200);
    }

    @Test
    void neverPassesALimitHoweverManyClaimAtOnce() throws Exception {
        int rivals = 64;
        List<SpendBudget> budgets =
                List.of(new SpendBudget("run", 10 * 4_200 + 4_199), new SpendBudget("day", 1L << 40));
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(rivals);
        try {
            List<Future<ClaimResult>> claims = new ArrayList<>();
            for (int i = 0; i < rivals; i++) {
                JournalEntry call = started("c" + i);
                claims.add(threads.submit(() -> {
                    together.await();
                    return journal.claim(call, budgets);
                }));
            }
            together.countDown();
            int won = 0;
            for (Future<ClaimResult> claim : claims) {
                won += claim.get() instanceof ClaimResult.Owned ? 1 : 0;
            }
            assertThat(won).isEqualTo(10);
        } finally {
            threads.shutdownNow();
        }
        assertThat(journal.chargedCents("run")).isEqualTo(42_000);
        assertThat(journal.inState(CallState.STARTED, 100)).hasSize(10);
    }

    private static DeliveryLease lease(String owner, int fromSecond) {
        return new DeliveryLease("tenant-a", owner, T0.plusSeconds(fromSecond), T0.plusSeconds(fromSecond + 60));
    }

    private static JournalEntry executedIn(String intentId, String callId, int second) {
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
