package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the guard under whose capability a tool call runs. No guard means no call: null, or an exception, refuses it as
 * {@code guard.missing}; {@link #recordingRefusalsIn} has such refusals journaled.
 *
 * <p>Asked once per call, on the thread of the tool, by several threads at once.
 */
@FunctionalInterface
public interface GuardResolver {

    /**
     * The guard of one call.
     *
     * @param context the AI service invocation; null when an executor is called directly, without an AI service
     */
    @Nullable ToolGuard resolve(@Nullable InvocationContext context);

    /**
     * Under which id the guard remembers a call; the id of the request by default, which the model's provider drew. A
     * call under an id that the intent has seen is not run again: it is answered as before, or refused when its
     * arguments differ.
     *
     * @return null for a call that repeats no other
     */
    default @Nullable String callId(ToolExecutionRequest request, @Nullable InvocationContext context) {
        return request.id();
    }

    /**
     * Whose journal keeps that a call was refused because no guard was found for it; null, the default, when such a refusal is
     * only logged.
     */
    default @Nullable ToolGuard recorder() {
        return null;
    }

    /**
     * The same guards, but a call for which there is none is also journaled, and told to listeners, by another guard: a
     * housekeeper of the application. It refuses; it never permits.
     */
    default GuardResolver recordingRefusalsIn(ToolGuard recorder) {
        return new RecordedRefusals(this, recorder);
    }

    /**
     * The same guards, but ids that count within one AI service invocation only: for providers that number their calls
     * anew in each conversation. A call that a crash interrupted is then not recognised in a later invocation.
     */
    default GuardResolver withCallIdsPerInvocation() {
        return new PerInvocationIds(this);
    }

    /** One guard for every call, also for direct ones: an agent that works on one intent. */
    static GuardResolver fixed(ToolGuard guard) {
        return new FixedGuard(guard);
    }

    /**
     * The guard that the caller of the AI service put into the {@code InvocationParameters} as an {@link
     * InvocationGuard}: one AI service for many intents. The guard seen at an invocation's first tool call stays that
     * invocation's guard, whatever becomes of the parameters. Calls without an invocation are refused.
     */
    static GuardResolver perInvocation() {
        return new InvocationGuardResolver();
    }
}
