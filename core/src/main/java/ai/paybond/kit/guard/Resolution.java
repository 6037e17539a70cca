package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;

/** What the intake makes of a call. */
sealed interface Resolution {

    record Resolved(ResolvedCall call) implements Resolution {}

    record Unresolvable(ToolCall call, DenyReason reason) implements Resolution {}
}
