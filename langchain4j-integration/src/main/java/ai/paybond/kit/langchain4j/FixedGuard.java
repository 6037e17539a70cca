package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@link GuardResolver#fixed}. */
record FixedGuard(ToolGuard guard) implements GuardResolver {
    FixedGuard {
        Objects.requireNonNull(guard, "guard");
    }

    /** The guard, when the resolver has one for every call. */
    static Optional<ToolGuard> in(GuardResolver guards) {
        if (guards instanceof PerInvocationIds scoped) {
            return in(scoped.guards());
        }
        if (guards instanceof RecordedRefusals recorded) {
            return in(recorded.guards());
        }
        return guards instanceof FixedGuard fixed ? Optional.of(fixed.guard()) : Optional.empty();
    }

    @Override
    public ToolGuard resolve(@Nullable InvocationContext context) {
        return guard;
    }
}
