package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.ARGS;
import static ai.paybond.kit.guard.GuardFixture.INTENT;
import static ai.paybond.kit.guard.GuardFixture.RESULT;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static ai.paybond.kit.guard.GuardFixture.search;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One call id is one call, however often and on however many threads it comes. */
class ToolGuardRepetitionTest {
    private final GuardFixture fixture = new GuardFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void answersARepetitionWithoutRunningAgain() {
        ToolGuard guard = fixture.guard();
        Executed<?> first = (Executed<?>) guard.call(booking("c1"), fixture::book);
        Executed<?> second = (Executed<?>) guard.call(booking("c1"), fixture::book);
        assertThat(fixture.runs).hasValue(1);
        assertThat(second.result()).isSameAs(first.result());
        assertThat(second.receipt().replayed()).isTrue();
        assertThat(second.receipt().state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.authority.asked).hasSize(1);
        assertThat(fixture.authority.attempts).hasSize(2);
    }

    @Test
    void takesArgumentsInAnotherOrderForTheSameCall() {
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1", "{\"hotel\":\"Lutetia\",\"amount_cents\":4200}"), fixture::book);
        guard.call(booking("c1", "{ \"amount_cents\": 4.2e3, \"hotel\": \"Lutetia\" }"), fixture::book);
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void refusesChangedArgumentsUnderSameId() {
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        assertCode(
                guard.call(booking("c1", "{\"hotel\":\"Ritz\",\"amount_cents\":4200}"), fixture::book),
                "call.arguments_changed");
        assertThat(fixture.runs).hasValue(1);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.journal.inState(CallState.DENIED, 10))
                .singleElement()
                .satisfies(denied -> {
                    assertThat(denied.key().callId()).startsWith("c1~");
                    assertThat(denied.reasonCode()).isEqualTo("call.arguments_changed");
                });
    }

    @Test
    void refusesAnotherToolUnderSameId() {
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        assertCode(guard.call(ToolCall.of("searchHotels", "c1", ARGS), call -> "x"), "call.arguments_changed");
    }

    @Test
    void refusesChangedArgumentsWhenOnlyTheJournalRemembers() {
        ToolGuard guard = fixture.builder().rememberedResults(0).build();
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c2"), fixture::book);
        assertCode(guard.call(booking("c1", "{\"amount_cents\":1}"), fixture::book), "call.arguments_changed");
    }

    @Test
    void doesNotRunAgainWhenTheResultIsForgotten() {
        ToolGuard guard = fixture.builder().rememberedResults(1).build();
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c2"), fixture::book);
        assertCode(guard.call(booking("c1"), fixture::book), "call.already_ran");
        assertThat(guard.call(booking("c2"), fixture::book).isExecuted()).isTrue();
        assertThat(fixture.runs).hasValue(2);
    }

    @Test
    void doesNotRunAgainInANewProcessWithTheOldJournal() {
        fixture.guard().call(booking("c1"), fixture::book);
        assertCode(fixture.guard().call(booking("c1"), fixture::book), "call.already_ran");
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void doesNotRunAgainWhatAProcessLeftStarted() {
        CallFacts facts = startedElsewhere();
        assertCode(fixture.guard().call(booking("c1"), fixture::book), "call.in_doubt");
        assertThat(fixture.runs).hasValue(0);
        assertThat(fixture.authority.attempts).isEmpty();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.STARTED);
        assertThat(fixture.entry("c1").facts()).isEqualTo(facts);
    }

    @Test
    void answersAFailureWithTheSameException() {
        ToolGuard guard = fixture.guard();
        ToolBody<Object> failing = call -> {
            fixture.runs.incrementAndGet();
            throw new IOException("reset");
        };
        Failed<?> first = (Failed<?>) guard.call(booking("c1"), failing);
        Failed<?> second = (Failed<?>) guard.call(booking("c1"), failing);
        assertThat(second.thrown()).isSameAs(first.thrown());
        assertThat(second.inDoubt()).isTrue();
        assertThat(second.receipt().replayed()).isTrue();
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void showsProgressOfDeliveryInARepetition() {
        fixture.authority.deliverFault = new IllegalStateException("503");
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        fixture.authority.deliverFault = null;
        guard.retryPending();
        Executed<?> again = (Executed<?>) guard.call(booking("c1"), fixture::book);
        assertThat(again.receipt().evidence()).isEqualTo(EvidenceStatus.DELIVERED);
    }

    @Test
    void neverTakesCallsWithoutAnIdForRepetitions() {
        ToolGuard guard = fixture.guard();
        guard.call(booking(null), fixture::book);
        guard.call(booking(" "), fixture::book);
        assertThat(fixture.runs).hasValue(2);
        assertThat(fixture.entry("drawn-1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void asksAgainUnderTheSameKeyWhenTheAnswerWasLost() {
        fixture.authority.answer = request -> {
            throw new IllegalStateException("reply lost");
        };
        ToolGuard guard = fixture.guard();
        assertCode(guard.call(booking("c1"), fixture::book), "authority.unreachable");
        fixture.authority.answer = RecordingAuthority::allowed;
        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
        assertThat(keys()).hasSize(2);
        assertThat(keys().get(0)).isEqualTo(keys().get(1));
    }

    @Test
    void asksAgainUnderANewKeyAfterAnAnswer() {
        fixture.authority.answer = RecordingAuthority::held;
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        fixture.authority.answer = RecordingAuthority::denied;
        guard.call(booking("c1"), fixture::book);
        fixture.authority.answer = RecordingAuthority::allowed;
        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
        assertThat(keys()).hasSize(3).doesNotHaveDuplicates();
        assertThat(fixture.entry("c1").attempt()).isEqualTo(3);
    }

    @Test
    void bindsAHeldCallToItsArguments() {
        fixture.authority.answer = RecordingAuthority::held;
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        fixture.authority.answer = RecordingAuthority::allowed;
        assertCode(guard.call(booking("c1", "{\"amount_cents\":9999}"), fixture::book), "call.arguments_changed");
        assertThat(guard.call(booking("c1"), fixture::book).isExecuted()).isTrue();
    }

    @Test
    void asksWithDifferentKeysForDifferentCalls() {
        ToolGuard guard = fixture.guard();
        guard.call(booking("c1"), fixture::book);
        guard.call(booking("c2"), fixture::book);
        guard.call(booking("c3", "{\"amount_cents\":1}"), fixture::book);
        assertThat(keys()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void refusesAToolThatCallsItselfUnderItsOwnId() {
        ToolGuard guard = fixture.guard();
        List<ToolOutcome<?>> inner = new ArrayList<>();
        guard.call(booking("c1"), call -> inner.add(guard.call(booking("c1"), fixture::book)));
        assertCode(inner.get(0), "call.reentrant");
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void letsAToolCallAnotherGuardedTool() {
        ToolGuard guard = fixture.guard();
        ToolOutcome<Map<String, Object>> outcome = guard.call(booking("c1"), call -> {
            assertThat(guard.call(search("c2"), inner -> "found").isExecuted()).isTrue();
            return RESULT;
        });
        assertThat(outcome.isExecuted()).isTrue();
    }

    @Test
    void runsOnceForConcurrentDuplicates() throws Exception {
        ToolGuard guard = fixture.guard();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Future<ToolOutcome<Map<String, Object>>> first = threads.submit(() -> guard.call(booking("c1"), call -> {
            running.countDown();
            finish.await();
            return fixture.book(call);
        }));
        running.await();
        List<Future<ToolOutcome<Map<String, Object>>>> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(threads.submit(() -> guard.call(booking("c1"), fixture::book)));
        }
        finish.countDown();
        assertThat(((Executed<?>) first.get()).receipt().replayed()).isFalse();
        for (Future<ToolOutcome<Map<String, Object>>> other : others) {
            Executed<?> executed = (Executed<?>) other.get();
            assertThat(executed.result()).isSameAs(RESULT);
            assertThat(executed.receipt().replayed()).isTrue();
        }
        assertThat(fixture.runs).hasValue(1);
        assertThat(fixture.authority.delivered).hasSize(1);
    }

    @Test
    void refusesChangedArgumentsWhileTheCallIsUnderWay() {
        ToolGuard guard = fixture.guard();
        List<ToolOutcome<?>> during = new ArrayList<>();
        guard.call(booking("c1"), call -> during.add(guard.call(booking("c1", "{\"amount_cents\":1}"), fixture::book)));
        assertCode(during.get(0), "call.arguments_changed");
    }

    @Test
    void stopsWaitingForADuplicateOnInterrupt() throws Exception {
        ToolGuard guard = fixture.guard();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> guard.call(booking("c1"), call -> {
            running.countDown();
            finish.await();
            return RESULT;
        }));
        running.await();
        Thread.currentThread().interrupt();
        ToolOutcome<?> outcome = guard.call(booking("c1"), fixture::book);
        assertThat(Thread.interrupted()).isTrue();
        assertCode(outcome, "call.interrupted");
        finish.countDown();
        first.get();
    }

    @Test
    void runsOnceWhenTwoGuardsShareAJournal() throws Exception {
        ToolGuard one = fixture.guard();
        ToolGuard two = fixture.guard();
        CyclicBarrier together = new CyclicBarrier(2);
        fixture.authority.answer = request -> {
            await(together);
            return RecordingAuthority.allowed(request);
        };
        List<ToolOutcome<?>> outcomes =
                both(() -> one.call(booking("c1"), fixture::book), () -> two.call(booking("c1"), fixture::book));
        assertThat(fixture.runs).hasValue(1);
        assertThat(outcomes).filteredOn(ToolOutcome::isExecuted).hasSize(1);
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void releasesTheDecisionOfARivalWithOtherArguments() throws Exception {
        ToolGuard one = fixture.guard();
        ToolGuard two = fixture.guard();
        CyclicBarrier together = new CyclicBarrier(2);
        fixture.authority.answer = request -> {
            await(together);
            return new Decision.Allowed("audit-1", "decision-" + request.spendCents(), null);
        };
        both(
                () -> one.call(booking("c1"), fixture::book),
                () -> two.call(booking("c1", "{\"amount_cents\":1}"), fixture::book));
        assertThat(fixture.runs).hasValue(1);
        assertThat(fixture.authority.completions).hasSize(2).satisfiesOnlyOnce(completion -> assertThat(completion)
                .startsWith("consumed"));
        assertThat(fixture.authority.completions)
                .satisfiesOnlyOnce(completion -> assertThat(completion).startsWith("released"));
    }

    @Test
    void makes64ParallelCallsEachOnce() throws Exception {
        ToolGuard guard = fixture.guard();
        CyclicBarrier together = new CyclicBarrier(64);
        List<Future<ToolOutcome<Map<String, Object>>>> calls = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String callId = "c" + i / 2;
            calls.add(threads.submit(() -> {
                together.await();
                return guard.call(booking(callId), fixture::book);
            }));
        }
        int replayed = 0;
        for (Future<ToolOutcome<Map<String, Object>>> call : calls) {
            Executed<?> executed = (Executed<?>) call.get();
            replayed += executed.receipt().replayed() ? 1 : 0;
        }
        assertThat(replayed).isEqualTo(32);
        assertThat(fixture.runs).hasValue(32);
        assertThat(fixture.signer.signatures).hasValue(32);
        assertThat(fixture.authority.asked).hasSize(32);
        assertThat(fixture.authority.completions).hasSize(32).doesNotHaveDuplicates();
        assertThat(fixture.authority.delivered)
                .extracting(envelope -> envelope.idempotencyKey())
                .hasSize(32)
                .doesNotHaveDuplicates();
        assertThat(fixture.journal.inState(CallState.DELIVERED, 100)).hasSize(32);
    }

    @Test
    void letsAWaitingDuplicateGoWhenTheGuardItselfBreaks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        fixture.journal = new BreakingJournal(asked, fail);
        ToolGuard guard = fixture.guard();
        Future<ToolOutcome<?>> first = threads.submit(() -> guard.call(booking("c1"), fixture::book));
        asked.await();
        Future<ToolOutcome<?>> second = threads.submit(() -> guard.call(booking("c1"), fixture::book));
        fail.countDown();
        assertCode(first.get(), "journal.unavailable");
        assertCode(second.get(), "journal.unavailable");
        assertThat(fixture.runs).hasValue(0);
    }

    private CallFacts startedElsewhere() {
        CallJournal other = new InMemoryCallJournal();
        GuardFixture elsewhere = new GuardFixture();
        elsewhere.journal = other;
        elsewhere.guard().call(booking("c1"), elsewhere::book);
        CallFacts facts = elsewhere.entry("c1").facts();
        fixture.journal.claim(JournalEntry.started(
                new CallKey(INTENT, "c1"), facts, null, "audit-1", "decision-c1", GuardFixture.NOW));
        return facts;
    }

    private List<String> keys() {
        return fixture.authority.asked.stream()
                .map(AuthorizationRequest::idempotencyKey)
                .toList();
    }

    private List<ToolOutcome<?>> both(Callable<ToolOutcome<?>> one, Callable<ToolOutcome<?>> two) throws Exception {
        Future<ToolOutcome<?>> first = threads.submit(one);
        Future<ToolOutcome<?>> second = threads.submit(two);
        return List.of(first.get(), second.get());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCode(ToolOutcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.decision().reason())
                .extracting(DenyReason::code)
                .isEqualTo(code));
    }

    /** Fails with an error in the middle of its first question. */
    private static final class BreakingJournal extends ForwardingJournal {
        private final CountDownLatch asked;
        private final CountDownLatch fail;

        BreakingJournal(CountDownLatch asked, CountDownLatch fail) {
            this.asked = asked;
            this.fail = fail;
        }

        @Override
        protected CallJournal journal() {
            return new InMemoryCallJournal();
        }

        @Override
        public Optional<JournalEntry> find(CallKey key) {
            asked.countDown();
            try {
                fail.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new NoClassDefFoundError("driver");
        }
    }
}
