package ai.paybond.kit.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AsyncTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Async<String> async = Async.of("client", waiting::add);

    private void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Test
    void answersOnceTheExecutorHasMadeTheCall() {
        CompletableFuture<Integer> length = async.call(String::length);
        assertThat(length).isNotDone();

        runAll();

        assertThat(length).isCompletedWithValue(6);
    }

    @Test
    void failsWithWhatTheCallThrows() {
        ConfigurationException thrown = new ConfigurationException("x.y", "no");
        CompletableFuture<Integer> failing = async.call(client -> {
            throw thrown;
        });

        runAll();

        assertThatThrownBy(failing::join)
                .isInstanceOf(CompletionException.class)
                .hasCause(thrown);
    }

    @Test
    void makesCallsThatAnswerNothing() {
        AtomicBoolean made = new AtomicBoolean();
        CompletableFuture<Void> done = async.run(client -> made.set(true));

        runAll();

        assertThat(done).isCompleted();
        assertThat(made).isTrue();
    }

    @Test
    void goesOnToAPartOnTheSameExecutor() {
        CompletableFuture<Integer> sum = async.part(String::length).call(length -> length + 1);

        runAll();

        assertThat(sum).isCompletedWithValue(7);
    }

    @Test
    void neverMakesACallThatWasCancelledBefore() {
        AtomicBoolean made = new AtomicBoolean();
        CompletableFuture<Void> cancelled = async.run(client -> made.set(true));

        assertThat(cancelled.cancel(true)).isTrue();
        runAll();

        assertThat(made).isFalse();
        assertThat(cancelled).isCancelled();
    }

    @Test
    void saysSoWhenTheExecutorTakesNothing() {
        Executor full = task -> {
            throw new RejectedExecutionException();
        };

        assertThatThrownBy(() -> Async.of("client", full).call(String::length).join())
                .cause()
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("call.not_scheduled"));
    }

    @Test
    void interruptsACancelledCallAndNothingAfterIt() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Async<String> client = Async.of("client", one);
            CompletableFuture<Void> waits = client.run(it -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            waits.cancel(true);

            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Boolean> next =
                    client.call(it -> Thread.currentThread().isInterrupted());
            assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
        } finally {
            one.shutdownNow();
        }
    }
}
