package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** See {@link GuardResolver#withCallIdsPerInvocation}. */
record PerInvocationIds(GuardResolver guards) implements GuardResolver {

    @Override
    public @Nullable ToolGuard resolve(@Nullable InvocationContext context) {
        return guards.resolve(context);
    }

    @Override
    public @Nullable String callId(ToolExecutionRequest request, @Nullable InvocationContext context) {
        String id = guards.callId(request, context);
        UUID invocation = context == null ? null : context.invocationId();
        return id == null || id.isBlank() || invocation == null ? id : invocation + "/" + id;
    }

    @Override
    public @Nullable ToolGuard recorder() {
        return guards.recorder();
    }

    @Override
    public GuardResolver withCallIdsPerInvocation() {
        return this;
    }
}
