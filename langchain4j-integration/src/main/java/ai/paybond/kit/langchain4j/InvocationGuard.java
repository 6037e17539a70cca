package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.invocation.InvocationParameters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries the guard of one AI service invocation through LangChain4j's {@code InvocationParameters}, which the model
 * never sees. Tools and other components do see the parameters: they find this handle there, which does not give the
 * guard away.
 *
 * <p>Immutable and thread-safe. Goes with {@link GuardResolver#perInvocation()}.
 */
public final class InvocationGuard {
    static final String KEY = "ai.paybond.kit.guard";

    private final ToolGuard guard;

    private InvocationGuard(ToolGuard guard) {
        this.guard = Objects.requireNonNull(guard, "guard");
    }

    public static InvocationGuard of(ToolGuard guard) {
        return new InvocationGuard(guard);
    }

    /** New parameters that hold this guard and nothing else. */
    public InvocationParameters parameters() {
        return InvocationParameters.from(KEY, this);
    }

    /**
     * Adds this guard to parameters that the caller already has.
     *
     * @return the same parameters
     * @throws ConfigurationException {@code guard.ambiguous} when they hold a guard already
     */
    public InvocationParameters putInto(InvocationParameters parameters) {
        if (parameters.asMap().putIfAbsent(KEY, this) != null) {
            throw new ConfigurationException("guard.ambiguous", "the invocation parameters hold a guard already");
        }
        return parameters;
    }

    static @Nullable ToolGuard in(@Nullable InvocationParameters parameters) {
        Object held = parameters == null ? null : parameters.asMap().get(KEY);
        return held instanceof InvocationGuard handle ? handle.guard : null;
    }

    @Override
    public String toString() {
        return "InvocationGuard[redacted]";
    }
}
