package ai.paybond.kit.springai;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/** Finds tools by name and hands them out guarded. Thread-safe if the delegate is. */
public final class CapabilityToolCallbackResolver implements ToolCallbackResolver {

    private final ToolCallbackResolver delegate;
    private final GuardResolver guards;

    private CapabilityToolCallbackResolver(ToolCallbackResolver delegate, GuardResolver guards) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.guards = Objects.requireNonNull(guards, "guards");
    }

    /** Guards a resolver. One that is guarded already comes back as it is. */
    public static CapabilityToolCallbackResolver guard(ToolCallbackResolver resolver, GuardResolver guards) {
        return resolver instanceof CapabilityToolCallbackResolver guarded
                ? guarded
                : new CapabilityToolCallbackResolver(resolver, guards);
    }

    @Override
    public @Nullable ToolCallback resolve(String toolName) {
        ToolCallback found = delegate.resolve(toolName);
        return found == null ? null : CapabilityToolCallback.guard(found, guards);
    }
}
