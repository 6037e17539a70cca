package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * See {@link GuardResolver#perInvocation}.
 *
 * <p>The parameters stay mutable for everyone, so the first guard seen is remembered. It is remembered under the very
 * id object that the invocation holds, weakly: when LangChain4j drops the invocation, the memory of it goes too.
 */
final class InvocationGuardResolver implements GuardResolver {
    private final Map<UUID, ToolGuard> firstSeen = new WeakHashMap<>();

    @Override
    public @Nullable ToolGuard resolve(@Nullable InvocationContext context) {
        if (context == null) {
            return null;
        }
        ToolGuard current = InvocationGuard.in(context.invocationParameters());
        UUID invocation = context.invocationId();
        if (invocation == null) {
            return current;
        }
        synchronized (firstSeen) {
            return current == null ? firstSeen.get(invocation) : firstSeen.computeIfAbsent(invocation, id -> current);
        }
    }

    /** Two of these ask the same question of the same invocation, so a tool guarded by one is guarded by the other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InvocationGuardResolver;
    }

    @Override
    public int hashCode() {
        return InvocationGuardResolver.class.hashCode();
    }
}
