package ai.paybond.kit.guard;

import ai.paybond.kit.guard.CallTurns.Admission;
import ai.paybond.kit.guard.Opening.Started;
import ai.paybond.kit.guard.Repetitions.Slot;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.journal.JournalEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call on other threads than the caller's: it may be taken back before it runs, stopped while it runs, and given up
 * when it runs for too long. However these meet, it is accounted for once.
 */
final class AsyncCall<T> implements Runnable, Withdrawal {
    private static final Logger log = LoggerFactory.getLogger(AsyncCall.class);

    private enum Phase {
        WAITING,
        WITHDRAWN,
        RUNNING,
        GIVEN_UP,
        OVER
    }

    private final ResolvedCall call;
    private final RunningTool<T> tool;
    private final ToolBody<T> proof;
    private final @Nullable Duration limit;
    private final CallTurns turns;
    private final Repetitions repetitions;
    private final CallTransaction transaction;
    private final CompletableFuture<ToolOutcome<T>> answer = new CompletableFuture<>();
    private final CompletableFuture<JournalEntry> doubt = new CompletableFuture<>();
    private final CompletableFuture<Boolean> timer = new CompletableFuture<>();
    private Phase phase = Phase.WAITING;
    private boolean stopped;

    AsyncCall(
            ResolvedCall call,
            RunningTool<T> tool,
            ToolBody<T> proof,
            @Nullable Duration limit,
            CallTurns turns,
            CallTransaction transaction) {
        this.call = call;
        this.tool = tool;
        this.proof = proof;
        this.limit = limit;
        this.turns = turns;
        this.repetitions = turns.repetitions();
        this.transaction = transaction;
    }

    CompletableFuture<ToolOutcome<T>> answer() {
        answer.whenComplete((outcome, thrown) -> {
            if (answer.isCancelled()) {
                withdrawOrStop();
            }
        });
        return answer;
    }

    @Override
    public void run() {
        try {
            Admission<T> admission = turns.admit(call);
            if (admission instanceof Admission.Answered<T> answered) {
                respond(answered.outcome());
            } else {
                begin(((Admission.Admitted<T>) admission).slot());
            }
        } catch (Throwable fault) {
            log.error("the guard failed on call {}", call.key(), fault);
            answer.completeExceptionally(fault);
        }
    }

    private void respond(ToolOutcome<T> outcome) {
        call.watch().ended(outcome);
        answer.complete(outcome);
    }

    private void begin(Slot slot) {
        try {
            Opening<T> opening = transaction.open(call, this);
            if (opening instanceof Opening.Answered<T> answered) {
                repetitions.finish(slot, answered.outcome());
                respond(answered.outcome());
                return;
            }
            Started<T> started = (Started<T>) opening;
            startTimer(slot, started);
            tool.run(started.call(), ran -> end(slot, started, ran));
            repetitions.leave(slot);
        } catch (Throwable fault) {
            repetitions.abandon(slot);
            throw fault;
        }
    }

    private void startTimer(Slot slot, Started<T> started) {
        if (limit == null) {
            return;
        }
        timer.thenRunAsync(() -> giveUp(slot, started, limit), AsyncCall::onThreadOfItsOwn);
        timer.completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Every executor of the caller's may be busy with the very tools that take too long. */
    private static void onThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "paybond-time-is-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** The tool has ended, in time or not. */
    private void end(Slot slot, Started<T> started, ToolRun<T> ran) {
        timer.cancel(false);
        if (!moved(Phase.RUNNING, Phase.OVER)) {
            settleLate(slot, started.call(), ran);
            return;
        }
        try {
            ToolOutcome<T> outcome = transaction.account(started.call(), started.entry(), asSeenAfterStop(ran), proof);
            repetitions.finish(slot, outcome);
            respond(outcome);
        } catch (Throwable fault) {
            repetitions.abandon(slot);
            answer.completeExceptionally(fault);
        }
    }

    /** What a tool throws after it was told to stop says nothing about what it did before. */
    private synchronized ToolRun<T> asSeenAfterStop(ToolRun<T> ran) {
        return stopped && ran instanceof ToolRun.Threw<T> threw ? new ToolRun.Threw<>(threw.thrown(), true) : ran;
    }

    private void giveUp(Slot slot, Started<T> started, Duration waited) {
        if (!moved(Phase.RUNNING, Phase.GIVEN_UP)) {
            return;
        }
        TimeoutException thrown = new TimeoutException("the tool did not end within " + waited);
        JournalEntry doubtful = started.entry();
        try {
            doubtful = transaction.giveUp(started.call(), started.entry(), GuardCodes.CALL_TIMED_OUT, thrown);
        } finally {
            ToolOutcome<T> outcome = new Failed<>(thrown, true, CallReceipt.of(doubtful));
            repetitions.giveUp(slot, outcome);
            doubt.complete(doubtful);
            tool.stop();
            respond(outcome);
        }
    }

    /** A result that comes late is a result; an exception that comes late may be that of the interrupt. */
    private void settleLate(Slot slot, ResolvedCall made, ToolRun<T> ran) {
        JournalEntry doubtful = doubt.join();
        try {
            if (ran instanceof ToolRun.Returned<T>) {
                repetitions.correct(slot, transaction.account(made, doubtful, ran, proof));
            } else {
                log.warn("the tool of call {} threw after its time was up; the call stays in doubt", made.key());
            }
        } finally {
            repetitions.end(slot);
        }
    }

    private void withdrawOrStop() {
        synchronized (this) {
            if (phase == Phase.WAITING) {
                phase = Phase.WITHDRAWN;
                return;
            }
            stopped = true;
        }
        tool.stop();
    }

    private synchronized boolean moved(Phase from, Phase to) {
        boolean moves = phase == from;
        phase = moves ? to : phase;
        return moves;
    }

    @Override
    public synchronized boolean isWithdrawn() {
        return phase == Phase.WITHDRAWN;
    }

    @Override
    public boolean isTooLate() {
        return moved(Phase.WAITING, Phase.RUNNING);
    }
}
