package ai.paybond.kit.async;

import ai.paybond.kit.PaybondException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client whose calls are made on an executor: the {@link CompletableFuture} form of every call there is, without a second
 * set of methods.
 *
 * <pre>{@code
 * Async<Paybond> async = paybond.async(executor);
 * CompletableFuture<Optional<ReputationReceipt>> receipt = async.call(p -> p.signal().receipt(operatorDid));
 * }</pre>
 *
 * <p>A call blocks the thread of the executor that makes it, so that executors of virtual threads suit best; see
 * {@link GuardExecutors}. A stream that a call returns must be consumed inside the call, since reading on makes further
 * requests. The future ends exceptionally with what the call throws, or with {@link PaybondException}
 * {@code call.not_scheduled} when the executor takes nothing.
 *
 * <p><b>Cancelling</b> the future interrupts the call: one that has not begun is never made, and one that waits for the
 * network is given up. Whether a write that was under way counts is then unknown; repeat it under its idempotency key, or
 * read what became of it.
 *
 * <p>Immutable and thread-safe if the client is, as every client of a session is.
 *
 * @param <C> the client
 */
public final class Async<C> {
    private final C client;
    private final Executor executor;

    private Async(C client, Executor executor) {
        this.client = Objects.requireNonNull(client, "client");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** The client's calls, made on the executor. */
    public static <C> Async<C> of(C client, Executor executor) {
        return new Async<>(client, executor);
    }

    /** A client behind this one, on the same executor: {@code paybond.async(executor).part(Paybond::signal)}. */
    public <D> Async<D> part(Function<? super C, ? extends D> part) {
        return new Async<>(part.apply(client), executor);
    }

    /** Makes a call that answers. */
    public <T extends @Nullable Object> CompletableFuture<T> call(Function<? super C, ? extends T> call) {
        Objects.requireNonNull(call, "call");
        Work<T> work = new Work<>(() -> call.apply(client));
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            work.completeExceptionally(
                    new PaybondException("call.not_scheduled", "the executor takes no further calls", e));
        }
        return work;
    }

    /** Makes a call that answers nothing. */
    public CompletableFuture<@Nullable Void> run(Consumer<? super C> call) {
        Objects.requireNonNull(call, "call");
        return call(it -> {
            call.accept(it);
            return null;
        });
    }

    /** What is asked for. */
    @FunctionalInterface
    private interface Answer<T extends @Nullable Object> {
        T get();
    }

    /** One call; its own future. */
    private static final class Work<T extends @Nullable Object> extends CompletableFuture<T> implements Runnable {
        private final Answer<T> answer;
        private @Nullable Thread runner;

        Work(Answer<T> answer) {
            this.answer = answer;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            synchronized (this) {
                if (cancelled && runner != null) {
                    runner.interrupt();
                }
            }
            return cancelled;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            try {
                complete(answer.get());
            } catch (Throwable e) {
                completeExceptionally(e);
            } finally {
                end();
            }
        }

        private synchronized boolean begin() {
            runner = Thread.currentThread();
            return !isDone();
        }

        /** The thread goes on with something else, which must not be interrupted in this call's stead. */
        private synchronized void end() {
            runner = null;
            if (isCancelled()) {
                Thread.interrupted();
            }
        }
    }
}
