package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.langchain4j.GuardResolver;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The guard of the invocation, else the installed one, else none.
 *
 * <p>An invocation stays with the kind that its first tool call found: a tool that puts a guard into the parameters
 * does not thereby choose who pays for the rest. Remembered under the very id object that the invocation holds, weakly.
 */
final class StrictGuardResolver implements GuardResolver {
    private final GuardResolver ofInvocation = GuardResolver.perInvocation();
    private final Set<UUID> underInstalled =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Supplier<@Nullable GuardResolver> installed;

    StrictGuardResolver(Supplier<@Nullable GuardResolver> installed) {
        this.installed = installed;
    }

    @Override
    public @Nullable ToolGuard resolve(@Nullable InvocationContext context) {
        UUID invocation = context == null ? null : context.invocationId();
        ToolGuard own = underInstalled.contains(invocation) ? null : ofInvocation.resolve(context);
        return own == null ? installedFor(context, invocation) : own;
    }

    private @Nullable ToolGuard installedFor(@Nullable InvocationContext context, @Nullable UUID invocation) {
        GuardResolver guards = installed.get();
        ToolGuard found = guards == null ? null : guards.resolve(context);
        if (found != null && invocation != null) {
            underInstalled.add(invocation);
        }
        return found;
    }

    @Override
    public @Nullable String callId(ToolExecutionRequest request, @Nullable InvocationContext context) {
        GuardResolver guards = installed.get();
        return guards == null ? request.id() : guards.callId(request, context);
    }

    @Override
    public @Nullable ToolGuard recorder() {
        GuardResolver guards = installed.get();
        return guards == null ? null : guards.recorder();
    }
}
