package ai.paybond.kit.guard;

import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;
import org.jspecify.annotations.Nullable;

/**
 * A call that names a declared tool, with unambiguous arguments, an id and a price.
 *
 * @param watch who observes it
 * @param approval what a person said about exactly this call, if one was asked
 */
record ResolvedCall(
        ToolCall call,
        ToolDeclaration tool,
        CallKey key,
        CallFacts facts,
        CallWatch watch,
        @Nullable Approval approval) {

    ResolvedCall(ToolCall call, ToolDeclaration tool, CallKey key, CallFacts facts) {
        this(call, tool, key, facts, CallWatch.NOBODY, null);
    }

    ResolvedCall approvedBy(Approval given) {
        return new ResolvedCall(call, tool, key, facts, watch, given);
    }

    ResolvedCall with(CallCredentials credentials) {
        return new ResolvedCall(call.with(credentials), tool, key, facts, watch, approval);
    }

    ResolvedCall watchedBy(CallWatch observers) {
        return new ResolvedCall(call, tool, key, facts, observers, approval);
    }
}
