package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.SpendStatus;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncGuardTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final GuardFixture fixture = new GuardFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void makesTheWholeTransactionOnTheExecutor() throws Exception {
        List<Thread> seen = new ArrayList<>();
        CompletableFuture<ToolOutcome<Map<String, Object>>> future = fixture.guard()
                .async(threads)
                .call(GuardFixture.booking("c1"), call -> {
                    seen.add(Thread.currentThread());
                    return fixture.book(call);
                });

        assertThat(future.get()).isInstanceOf(Executed.class);
        assertThat(seen).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void refusalsAreOutcomesAndNotFailuresOfTheFuture() throws Exception {
        ToolOutcome<?> outcome = fixture.guard()
                .async(threads)
                .call(ToolCall.of("unheardOf", "c1", GuardFixture.ARGS), fixture::book)
                .get();

        assertThat(codeOf(outcome)).isEqualTo(GuardCodes.TOOL_UNDECLARED);
    }

    @Test
    void aCallThatNoThreadTakesIsRefused() throws Exception {
        ToolOutcome<?> outcome = fixture.guard()
                .async(task -> {
                    throw new RejectedExecutionException("full");
                })
                .call(GuardFixture.booking("c1"), fixture::book)
                .get();

        assertThat(codeOf(outcome)).isEqualTo(GuardCodes.CALL_NOT_SCHEDULED);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DENIED);
        assertThat(fixture.authority.asked).isEmpty();
    }

    @Test
    void cancellingBeforeTheRunRefusesAndAsksNobody() {
        List<Runnable> queue = new ArrayList<>();
        CompletableFuture<?> future = fixture.guard().async(queue::add).call(GuardFixture.booking("c1"), fixture::book);

        future.cancel(true);
        queue.forEach(Runnable::run);

        assertThat(fixture.runs).hasValue(0);
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo(GuardCodes.CALL_CANCELLED);
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancellingWhileTheAuthorityAnswersGivesTheReservationBack() {
        List<CompletableFuture<?>> future = new ArrayList<>();
        fixture.authority.answer = request -> {
            future.get(0).cancel(true);
            return RecordingAuthority.allowed(request);
        };
        List<Runnable> queue = new ArrayList<>();
        future.add(fixture.guard().async(queue::add).call(GuardFixture.booking("c1"), fixture::book));

        queue.forEach(Runnable::run);

        assertThat(fixture.runs).hasValue(0);
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo(GuardCodes.CALL_CANCELLED);
    }

    @Test
    void cancellingARunningToolInterruptsItAndLeavesTheCallInDoubt() throws Exception {
        CompletableFuture<?> future = fixture.guard().async(threads).call(GuardFixture.booking("c1"), call -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("an application exception, clean by itself");
            } finally {
                ended.countDown();
            }
            return fixture.book(call);
        });
        running.await();
        future.cancel(true);
        ended.await();
        finish();

        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.HELD);
        assertThat(fixture.authority.completions).isEmpty();
    }

    @Test
    void aCancelledToolThatReturnsNeverthelessIsExecuted() throws Exception {
        CompletableFuture<?> future = fixture.guard().async(threads).call(GuardFixture.booking("c1"), call -> {
            running.countDown();
            awaitUninterruptibly(release);
            return fixture.book(call);
        });
        running.await();
        future.cancel(true);
        release.countDown();
        finish();

        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.authority.delivered).hasSize(1);
    }

    @Test
    void aToolThatTakesTooLongIsInterruptedAndInDoubt() throws Exception {
        ToolOutcome<?> outcome = fixture.guard()
                .async(threads)
                .runLimit(AT_ONCE)
                .call(GuardFixture.booking("c1"), call -> {
                    release.await();
                    return fixture.book(call);
                })
                .get();
        finish();

        Failed<?> failed = (Failed<?>) outcome;
        assertThat(failed.inDoubt()).isTrue();
        assertThat(failed.thrown()).isInstanceOf(TimeoutException.class);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo(GuardCodes.CALL_TIMED_OUT);
        assertThat(fixture.authority.completions).isEmpty();
    }

    @Test
    void aLateResultSettlesTheCallOnce() throws Exception {
        ToolGuard guard = fixture.guard();
        ToolOutcome<Map<String, Object>> outcome = guard.async(threads)
                .runLimit(AT_ONCE)
                .call(GuardFixture.booking("c1"), call -> {
                    awaitUninterruptibly(release);
                    return fixture.book(call);
                })
                .get();
        assertThat(((Failed<?>) outcome).inDoubt()).isTrue();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.IN_DOUBT);

        release.countDown();
        finish();

        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
        assertThat(fixture.authority.delivered).hasSize(1);
        ToolOutcome<Map<String, Object>> again = guard.call(GuardFixture.booking("c1"), fixture::book);
        assertThat(again.orThrow()).containsEntry("confirmation", "H-1");
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void nobodySettlesACallWhoseToolIsStillRunning() throws Exception {
        ToolGuard guard = fixture.guard();
        guard.async(threads)
                .runLimit(AT_ONCE)
                .call(GuardFixture.booking("c1"), call -> {
                    awaitUninterruptibly(release);
                    return fixture.book(call);
                })
                .get();

        assertThatThrownBy(() -> guard.settleNotExecuted("c1"))
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.code()).isEqualTo("call.under_way"));
    }

    @Test
    void aRepetitionOfACallThatWasGivenUpDoesNotRunAgain() throws Exception {
        ToolGuard guard = fixture.guard();
        guard.async(threads)
                .runLimit(AT_ONCE)
                .call(GuardFixture.booking("c1"), call -> {
                    awaitUninterruptibly(release);
                    return fixture.book(call);
                })
                .get();

        ToolOutcome<Map<String, Object>> again = guard.call(GuardFixture.booking("c1"), fixture::book);

        assertThat(again).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.inDoubt())
                .isTrue());
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void theInterruptOfACancelDoesNotReachWhatTheThreadDoesNext() throws Exception {
        List<CompletableFuture<?>> future = new ArrayList<>();
        List<Runnable> queue = new ArrayList<>();
        future.add(fixture.guard().async(queue::add).call(GuardFixture.booking("c1"), call -> {
            future.get(0).cancel(true);
            return fixture.book(call);
        }));

        queue.forEach(Runnable::run);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void aToolInStagesIsAccountedForWhenItsStageEnds() throws Exception {
        CompletableFuture<Map<String, Object>> stage = new CompletableFuture<>();
        CompletableFuture<ToolOutcome<Map<String, Object>>> future = fixture.guard()
                .async(threads)
                .callStage(GuardFixture.booking("c1"), call -> {
                    running.countDown();
                    return stage;
                });
        running.await();
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.STARTED);

        stage.complete(GuardFixture.RESULT);

        assertThat(future.get().orThrow()).containsEntry("status", "booked");
        assertThat(fixture.authority.delivered).hasSize(1);
    }

    @Test
    void aStageThatFailsIsJudgedByWhatItFailedWith() throws Exception {
        CompletableFuture<Map<String, Object>> stage = CompletableFuture.supplyAsync(
                () -> {
                    throw new IllegalArgumentException("no such hotel");
                },
                threads);
        ToolOutcome<Map<String, Object>> outcome = fixture.guard()
                .async(threads)
                .callStage(GuardFixture.booking("c1"), call -> stage)
                .get();

        assertThat(((Failed<?>) outcome).thrown()).isInstanceOf(IllegalArgumentException.class);
        assertThat(((Failed<?>) outcome).inDoubt()).isFalse();
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
    }

    @Test
    void aToolWithoutAStageIsInDoubt() throws Exception {
        ToolOutcome<?> outcome = fixture.guard()
                .async(threads)
                .callStage(GuardFixture.booking("c1"), call -> nothing())
                .get();

        assertThat(((Failed<?>) outcome).inDoubt()).isTrue();
    }

    @Test
    void aStageThatEndsAfterItsExecutorIsAccountedForNevertheless() throws Exception {
        ExecutorService shortLived = Executors.newSingleThreadExecutor();
        CompletableFuture<Map<String, Object>> stage = new CompletableFuture<>();
        CompletableFuture<ToolOutcome<Map<String, Object>>> future = fixture.guard()
                .async(shortLived)
                .callStage(GuardFixture.booking("c1"), call -> {
                    running.countDown();
                    return stage;
                });
        running.await();
        shortLived.shutdown();
        assertThat(shortLived.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        stage.complete(GuardFixture.RESULT);

        assertThat(future.get()).isInstanceOf(Executed.class);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void cancellingCancelsTheStage() throws Exception {
        CompletableFuture<Map<String, Object>> stage = new CompletableFuture<>();
        CompletableFuture<?> future = fixture.guard().async(threads).callStage(GuardFixture.booking("c1"), call -> {
            running.countDown();
            return stage;
        });
        running.await();

        future.cancel(true);
        assertThatThrownBy(stage::get).isInstanceOf(CancellationException.class);
        finish();

        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void equalCallsAtTheSameTimeRunOnce() throws Exception {
        ToolGuard guard = fixture.guard();
        List<CompletableFuture<ToolOutcome<Map<String, Object>>>> futures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            futures.add(guard.async(threads).call(GuardFixture.booking("c1"), fixture::book));
        }
        for (CompletableFuture<ToolOutcome<Map<String, Object>>> future : futures) {
            assertThat(future.get()).isInstanceOf(Executed.class);
        }
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void aLimitIsPositive() {
        AsyncGuard async = fixture.guard().async(threads);

        assertThatThrownBy(() -> async.runLimit(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestIsPutTogetherInPlace() throws Exception {
        ToolRequest request = fixture.guard()
                .tool("bookHotel")
                .callId("c1")
                .arguments(JsonObject.parse("{\"hotel\":\"Ritz\"}"))
                .argument("hotel", "Lutetia")
                .argument("amount_cents", 4200);

        assertThat(request.toCall()).isEqualTo(GuardFixture.booking("c1"));
        assertThat(request.preview()).isInstanceOf(Decision.Allowed.class);
        assertThat(request.<Map<String, Object>>orThrow(fixture::book)).containsEntry("status", "booked");
        assertThat(request.runAsync(fixture::book, threads).get()).isInstanceOf(Executed.class);
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void aRequestOfAnUndeclaredToolIsRefused() {
        ToolOutcome<?> outcome = fixture.guard().tool("unheardOf").run(fixture::book);

        assertThat(codeOf(outcome)).isEqualTo(GuardCodes.TOOL_UNDECLARED);
    }

    /** Until everything that the executor was given is done. */
    private void finish() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String codeOf(ToolOutcome<?> outcome) {
        return ((Refused<?>) outcome).decision().reason().code();
    }

    @SuppressWarnings("NullAway") // a tool may break its promise
    private static CompletableFuture<Object> nothing() {
        return null;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
