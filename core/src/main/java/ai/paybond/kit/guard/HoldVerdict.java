package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;

/** What becomes of a call that a person has to approve. */
sealed interface HoldVerdict {

    /** A person has approved this; it is asked for anew, and may run. */
    record GoOn(ResolvedCall call) implements HoldVerdict {}

    /** It waits. */
    record Waiting(Decision.ApprovalRequired decision) implements HoldVerdict {}

    /** It is refused for good, and the journal has that. */
    record Closed(Decision.Denied decision) implements HoldVerdict {}

    /** It cannot be held or taken up; the journal does not have that yet. */
    record Blocked(ToolCall call, DenyReason reason) implements HoldVerdict {}

    /** The answer to whoever made the call, for a verdict after which nothing runs. */
    default <T> ToolOutcome<T> outcome() {
        if (this instanceof Waiting waiting) {
            return new ToolOutcome.Held<>(waiting.decision());
        }
        if (this instanceof Closed closed) {
            return new ToolOutcome.Refused<>(closed.decision());
        }
        throw new IllegalStateException("the call goes on, or its refusal is to be journaled");
    }
}
