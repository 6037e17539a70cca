package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** See {@link GuardResolver#recordingRefusalsIn}. */
record RecordedRefusals(GuardResolver guards, ToolGuard recorder) implements GuardResolver {
    RecordedRefusals {
        Objects.requireNonNull(recorder, "recorder");
    }

    @Override
    public @Nullable ToolGuard resolve(@Nullable InvocationContext context) {
        return guards.resolve(context);
    }

    @Override
    public @Nullable String callId(ToolExecutionRequest request, @Nullable InvocationContext context) {
        return guards.callId(request, context);
    }
}
