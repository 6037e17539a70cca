package ai.paybond.kit.guard;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.journal.JournalEntry;

/**
 * Watches a guard, for logs and metrics. Never steers: what it throws is logged and dropped. Called on the thread that
 * made the call or that retries a delivery, so it should return quickly; must be thread-safe.
 *
 * <p>Events may be missed when the process ends, and are given once per process: a call that is answered from the
 * journal gives {@link #replayed} only.
 */
public interface GuardListener {

    /** A decision was made. {@link Decision.Allowed} does not mean yet that the tool ran. */
    default void decided(ToolCall call, Decision decision) {}

    /** A person answered on a call that waited; only for answers that decide something. */
    default void answered(ApprovalRequest request, ApprovalAnswer answer) {}

    /** The tool returned. */
    default void executed(ToolCall call, CallReceipt receipt) {}

    /** The tool threw. */
    default void failed(ToolCall call, CallReceipt receipt, Throwable thrown) {}

    /** A repetition was answered without running the tool. */
    default void replayed(ToolCall call, ToolOutcome<?> outcome) {}

    /** An entry of a call that ran was kept: executed, failed, in doubt, or a spend or evidence delivered or parked. */
    default void journaled(JournalEntry entry) {}

    /** A call was found in doubt, or left started by a process that is dead. */
    default void inDoubt(JournalEntry entry) {}
}
