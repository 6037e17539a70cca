package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.denied;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a journal promises of budgets that calls share. */
abstract class SpendBudgetContract extends JournalStoreContract {

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
}
