package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.journal.CallKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Lets each call through once at a time, and remembers the outcomes of the latest calls that ran. Thread-safe. */
final class Repetitions {
    private final int capacity;
    private final Map<CallKey, Slot> slots = new LinkedHashMap<>();
    private int finished;

    Repetitions(int capacity) {
        this.capacity = capacity;
    }

    /** Whose turn it is. */
    sealed interface Turn {
        /** This thread's: it must end with {@link #finish} or {@link #abandon}. */
        record First(Slot slot) implements Turn {}

        /** The same call was made before; the outcome is that one's. */
        record Repeated(ToolOutcome<?> outcome) implements Turn {}

        record Blocked(DenyReason reason) implements Turn {}
    }

    /** One call that is under way or remembered. */
    static final class Slot {
        private final ResolvedCall call;
        private volatile @Nullable Thread owner = Thread.currentThread();
        private volatile boolean late;
        private final CompletableFuture<ToolOutcome<?>> outcome = new CompletableFuture<>();

        Slot(ResolvedCall call) {
            this.call = call;
        }
    }

    /** Waits while the same call is under way on another thread. */
    Turn enter(ResolvedCall call) {
        Slot mine = new Slot(call);
        Slot other = putIfAbsent(mine);
        if (other == null) {
            return new Turn.First(mine);
        }
        if (!other.call.facts().callDigest().equals(call.facts().callDigest())) {
            return blocked(GuardCodes.CALL_ARGUMENTS_CHANGED, "the call's id belongs to a call with other arguments");
        }
        if (!other.outcome.isDone() && other.owner == Thread.currentThread()) {
            return blocked(GuardCodes.CALL_REENTRANT, "the tool called itself under its own call id");
        }
        return await(other);
    }

    /** The tool runs on without this thread, which may come back with a repetition. */
    void leave(Slot slot) {
        slot.owner = null;
    }

    /** Answers repetitions from now on, although the tool still runs until {@link #end}. */
    void giveUp(Slot slot, ToolOutcome<?> doubtful) {
        slot.late = true;
        finish(slot, doubtful);
    }

    /** A call that was given up has an outcome after all. */
    void correct(Slot slot, ToolOutcome<?> outcome) {
        slot.outcome.obtrudeValue(outcome);
    }

    /** The tool of a call that was given up runs no more. */
    void end(Slot slot) {
        slot.late = false;
    }

    /** Ends the turn. Outcomes of calls that ran are remembered, refusals are not. */
    void finish(Slot slot, ToolOutcome<?> outcome) {
        boolean ran = outcome instanceof ToolOutcome.Executed || outcome instanceof ToolOutcome.Failed;
        slot.outcome.complete(outcome);
        synchronized (slots) {
            if (ran) {
                finished++;
                forgetOldest();
            } else {
                slots.remove(slot.call.key());
            }
        }
    }

    /** Ends the turn without an outcome; does nothing after {@link #finish}. */
    void abandon(Slot slot) {
        if (slot.outcome.isDone()) {
            return;
        }
        synchronized (slots) {
            slots.remove(slot.call.key());
        }
        slot.outcome.completeExceptionally(new IllegalStateException("abandoned"));
    }

    /** Whether the call is running in this process. */
    boolean isUnderWay(CallKey key) {
        synchronized (slots) {
            Slot slot = slots.get(key);
            return slot != null && (!slot.outcome.isDone() || slot.late);
        }
    }

    private @Nullable Slot putIfAbsent(Slot slot) {
        synchronized (slots) {
            return slots.putIfAbsent(slot.call.key(), slot);
        }
    }

    private void forgetOldest() {
        Iterator<Slot> oldest = slots.values().iterator();
        while (finished > capacity && oldest.hasNext()) {
            Slot next = oldest.next();
            if (next.outcome.isDone() && !next.late) {
                oldest.remove();
                finished--;
            }
        }
    }

    private static Turn await(Slot other) {
        try {
            return new Turn.Repeated(other.outcome.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return blocked(GuardCodes.CALL_INTERRUPTED, "interrupted while the same call was under way");
        } catch (ExecutionException e) {
            return blocked(GuardCodes.GUARD_FAULT, "the same call failed in the guard on another thread");
        }
    }

    private static Turn blocked(String code, String message) {
        return new Turn.Blocked(DenyReason.local(code, message));
    }
}
