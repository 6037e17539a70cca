package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.guard.Resolution.Resolved;
import ai.paybond.kit.guard.Resolution.Unresolvable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A guard whose calls are made on an executor. The same transaction as {@link ToolGuard#call}, and the same promises; the
 * thread that asks waits for nothing. Immutable and thread-safe; see {@link ToolGuard#async}.
 *
 * <p><b>Cancelling</b> the future that a method returns takes the call back if the tool does not run yet: it is refused with
 * {@code call.cancelled}, and a reservation is given back. A tool that runs is told to stop, by an interrupt or by
 * cancelling its stage: if it returns nevertheless, the call is executed; if it throws, the call is in doubt. A future that
 * ends in another way, as by {@code orTimeout}, has no effect on the call.
 *
 * <p>With a {@link #runLimit}, a tool that takes longer is told to stop and the call is <b>in doubt</b>, at once and in the
 * journal: the future gives {@link ToolOutcome.Failed} with a {@link java.util.concurrent.TimeoutException}. When the tool
 * returns after all, its result settles the call: the spend is consumed, the evidence delivered, and
 * {@link GuardListener#executed} and repetitions tell of it. When it throws after all, the call stays in doubt.
 */
public final class AsyncGuard {
    private final CallIntake intake;
    private final CallTurns turns;
    private final CallTransaction transaction;
    private final Observers observers;
    private final Executor executor;
    private final @Nullable Duration limit;

    AsyncGuard(
            CallIntake intake,
            CallTurns turns,
            CallTransaction transaction,
            Observers observers,
            Executor executor,
            @Nullable Duration limit) {
        this.intake = intake;
        this.turns = turns;
        this.transaction = transaction;
        this.observers = observers;
        this.executor = Objects.requireNonNull(executor, "executor");
        this.limit = limit;
    }

    /**
     * The same guard with a limit on how long a tool runs, counted from when it starts; none by default.
     *
     * @throws IllegalArgumentException when the limit is not positive
     */
    public AsyncGuard runLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a tool needs time to run");
        }
        return new AsyncGuard(intake, turns, transaction, observers, executor, limit);
    }

    /**
     * Makes a call on the executor if it may be made. The future ends exceptionally only when it is cancelled, or for a
     * fault of the guard itself; refusals, {@code call.not_scheduled} for an executor that takes nothing among them, and
     * the tool's own failures are outcomes.
     *
     * @param body runs the tool on a thread of the executor; called at most once
     */
    public <T> CompletableFuture<ToolOutcome<T>> call(ToolCall call, ToolBody<T> body) {
        Objects.requireNonNull(body, "body");
        return submit(call, new RunningTool.OnThread<>(body), body);
    }

    /**
     * The same for a tool whose result comes later: no thread waits for it. What is to be done before the tool and after it
     * is done on the executor.
     *
     * @param body starts the tool on a thread of the executor; called at most once
     */
    public <T> CompletableFuture<ToolOutcome<T>> callStage(ToolCall call, AsyncToolBody<T> body) {
        Objects.requireNonNull(body, "body");
        return submit(call, new RunningTool.InStages<>(body, executor), permitted -> {
            throw new IllegalStateException("a tool in stages is not run on a thread");
        });
    }

    private <T> CompletableFuture<ToolOutcome<T>> submit(ToolCall asked, RunningTool<T> tool, ToolBody<T> proof) {
        Resolution resolution = intake.resolve(asked);
        if (resolution instanceof Unresolvable unknown) {
            Decision.Denied denied = Decision.Denied.because(unknown.reason());
            return CompletableFuture.completedFuture(observers
                    .unresolved(unknown.call())
                    .ended(transaction.<T>refuse(unknown.call(), intake.keyOf(unknown.call()), null, denied)));
        }
        ResolvedCall call = observers.watched(((Resolved) resolution).call());
        AsyncCall<T> running = new AsyncCall<>(call, tool, proof, limit, turns, transaction);
        try {
            executor.execute(running);
        } catch (RejectedExecutionException e) {
            DenyReason reason = DenyReason.local(GuardCodes.CALL_NOT_SCHEDULED, "no thread took the call");
            Decision.Denied denied = Decision.Denied.because(reason);
            return CompletableFuture.completedFuture(call.watch().ended(transaction.<T>refuse(call, denied)));
        }
        return running.answer();
    }
}
