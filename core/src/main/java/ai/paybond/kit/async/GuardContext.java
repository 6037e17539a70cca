package ai.paybond.kit.async;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolGuard;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The guard of the run that a thread works for. It is never inherited by threads, which would leak one run's authority into
 * another's work: it is taken along by wrapping what the other thread does.
 *
 * <pre>{@code
 * try (GuardContext.Scope run = GuardContext.open(guard)) {
 *     executor.execute(GuardContext.wrap(() -> GuardContext.current().call(call, body)));
 * }
 * }</pre>
 *
 * <p>Scopes nest; a scope is closed by the thread that opened it, innermost first. Thread-safe.
 */
public final class GuardContext {
    private static final ThreadLocal<@Nullable ToolGuard> CURRENT = new ThreadLocal<>();

    private GuardContext() {}

    /**
     * The guard of this thread's run.
     *
     * @throws ConfigurationException {@code guard.no_context} when there is none: a call without a run is not made
     */
    public static ToolGuard current() {
        return find().orElseThrow(
                        () -> new ConfigurationException("guard.no_context", "this thread works for no guarded run"));
    }

    /** The guard of this thread's run, if it works for one. */
    public static Optional<ToolGuard> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Makes a guard this thread's, until the scope is closed. */
    public static Scope open(ToolGuard guard) {
        return new Scope(Objects.requireNonNull(guard, "guard"));
    }

    /** The same task for the run that this thread works for now, or for none, on whatever thread it runs. */
    public static Runnable wrap(Runnable task) {
        ToolGuard captured = CURRENT.get();
        return () -> {
            try (Scope scope = new Scope(captured)) {
                task.run();
            }
        };
    }

    /** As {@link #wrap(Runnable)}. */
    public static <T> Callable<T> wrap(Callable<T> task) {
        ToolGuard captured = CURRENT.get();
        return () -> {
            try (Scope scope = new Scope(captured)) {
                return task.call();
            }
        };
    }

    /** As {@link #wrap(Runnable)}, for {@code CompletableFuture.supplyAsync} and its like. */
    public static <T> Supplier<T> wrapSupplier(Supplier<T> task) {
        ToolGuard captured = CURRENT.get();
        return () -> {
            try (Scope scope = new Scope(captured)) {
                return task.get();
            }
        };
    }

    /** An executor that runs each task for the run of the thread that submits it. */
    public static Executor wrap(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return task -> executor.execute(wrap(task));
    }

    /** A stretch of one thread's work; ends with {@link #close()}. */
    public static final class Scope implements AutoCloseable {
        private final @Nullable ToolGuard before = CURRENT.get();

        private Scope(@Nullable ToolGuard guard) {
            set(guard);
        }

        @Override
        public void close() {
            set(before);
        }

        private static void set(@Nullable ToolGuard guard) {
            if (guard == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(guard);
            }
        }
    }
}
