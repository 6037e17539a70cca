package ai.paybond.kit.springai;

import java.util.Arrays;
import java.util.Objects;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/** Hands out another provider's tools guarded. Thread-safe if the delegate is. */
public final class CapabilityToolCallbackProvider implements ToolCallbackProvider {

    private final ToolCallbackProvider delegate;
    private final GuardResolver guards;

    private CapabilityToolCallbackProvider(ToolCallbackProvider delegate, GuardResolver guards) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.guards = Objects.requireNonNull(guards, "guards");
    }

    /** Guards a provider. One that is guarded already comes back as it is. */
    public static CapabilityToolCallbackProvider guard(ToolCallbackProvider provider, GuardResolver guards) {
        return provider instanceof CapabilityToolCallbackProvider guarded
                ? guarded
                : new CapabilityToolCallbackProvider(provider, guards);
    }

    @Override
    public ToolCallback[] getToolCallbacks() {
        return Arrays.stream(delegate.getToolCallbacks())
                .map(tool -> CapabilityToolCallback.guard(tool, guards))
                .toArray(ToolCallback[]::new);
    }
}
