package ai.paybond.kit.guard;

import ai.paybond.kit.guard.Repetitions.Slot;
import ai.paybond.kit.guard.Repetitions.Turn;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import java.util.function.Supplier;

/** Lets a call through once, and answers its repetitions. */
final class CallTurns {
    private final Repetitions repetitions;
    private final CallTransaction transaction;
    private final CallLog callLog;
    private final Listeners listeners;

    CallTurns(Repetitions repetitions, CallTransaction transaction, CallLog callLog, Listeners listeners) {
        this.repetitions = repetitions;
        this.transaction = transaction;
        this.callLog = callLog;
        this.listeners = listeners;
    }

    Repetitions repetitions() {
        return repetitions;
    }

    /** Whose turn it is. */
    sealed interface Admission<T> {
        /** This call's; the slot must be finished or abandoned. */
        record Admitted<T>(Slot slot) implements Admission<T> {}

        record Answered<T>(ToolOutcome<T> outcome) implements Admission<T> {}
    }

    <T> ToolOutcome<T> once(ResolvedCall call, Supplier<ToolOutcome<T>> making) {
        Admission<T> admission = admit(call);
        if (admission instanceof Admission.Answered<T> answered) {
            return answered.outcome();
        }
        Slot slot = ((Admission.Admitted<T>) admission).slot();
        try {
            ToolOutcome<T> outcome = making.get();
            repetitions.finish(slot, outcome);
            return outcome;
        } finally {
            repetitions.abandon(slot);
        }
    }

    /** Waits while the same call is under way on another thread. */
    <T> Admission<T> admit(ResolvedCall call) {
        Turn turn = repetitions.enter(call);
        if (turn instanceof Turn.Repeated repeated) {
            return new Admission.Answered<>(replay(call, repeated.outcome()));
        }
        if (turn instanceof Turn.Blocked blocked) {
            return new Admission.Answered<>(transaction.refuse(call, Decision.Denied.because(blocked.reason())));
        }
        return new Admission.Admitted<>(((Turn.First) turn).slot());
    }

    @SuppressWarnings("unchecked") // equal calls are of the same tool, which has one type of result
    private <T> ToolOutcome<T> replay(ResolvedCall call, ToolOutcome<?> outcome) {
        ToolOutcome<T> first = (ToolOutcome<T>) outcome;
        ToolOutcome<T> replayed = first;
        if (first instanceof Executed<T> executed) {
            replayed = new Executed<>(executed.result(), callLog.receiptNow(call, executed.receipt()));
        } else if (first instanceof Failed<T> failed) {
            replayed = new Failed<>(failed.thrown(), failed.inDoubt(), callLog.receiptNow(call, failed.receipt()));
        }
        ToolOutcome<T> told = replayed;
        listeners.tell(listener -> listener.replayed(call.call(), told));
        return told;
    }
}
