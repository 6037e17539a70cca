package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** See {@link GuardResolver#fixed}. */
record FixedGuard(ToolGuard guard) implements GuardResolver {
    FixedGuard {
        Objects.requireNonNull(guard, "guard");
    }

    @Override
    public ToolGuard resolve(@Nullable InvocationContext context) {
        return guard;
    }
}
