package ai.paybond.kit.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/**
 * The choke point: every tool that a chat client runs, called or streamed, from a bean, a plain object, an MCP server or
 * an advisor, passes a guard here under the exact id of its call. A tool that the request does not offer is denied with
 * {@code tool.undeclared} or {@code tool.not_attached} instead of aborting the turn, unless the fallback resolver knows it,
 * and then it is guarded too. Limits, observations and the handling of tool exceptions stay the delegate's. Thread-safe if the delegate is.
 */
public final class CapabilityToolCallingManager implements ToolCallingManager {

    private final ToolCallingManager delegate;
    private final GuardResolver guards;
    private final ToolCallbackResolver fallback;

    private CapabilityToolCallingManager(
            ToolCallingManager delegate, GuardResolver guards, ToolCallbackResolver fallback) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.guards = Objects.requireNonNull(guards, "guards");
        this.fallback = Objects.requireNonNull(fallback, "fallback");
    }

    /** Guards a manager. Only the tools attached to a request can run. One that is guarded already comes back as it is. */
    public static CapabilityToolCallingManager guard(ToolCallingManager manager, GuardResolver guards) {
        return guard(manager, guards, toolName -> null);
    }

    /**
     * Guards a manager that may also run tools which are found by name.
     *
     * @param fallback finds tools that the request does not attach; asked before the delegate's own resolver, which is
     *     never reached
     */
    public static CapabilityToolCallingManager guard(
            ToolCallingManager manager, GuardResolver guards, ToolCallbackResolver fallback) {
        return manager instanceof CapabilityToolCallingManager guarded
                ? guarded
                : new CapabilityToolCallingManager(manager, guards, fallback);
    }

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions chatOptions) {
        return delegate.resolveToolDefinitions(chatOptions);
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse chatResponse) {
        ToolCallBatch batch = ToolCallBatch.of(chatResponse);
        ToolCallingChatOptions options = onlyGuarded(prompt.getOptions(), batch);
        ToolExecutionResult result =
                delegate.executeToolCalls(new Prompt(prompt.getInstructions(), options), chatResponse);
        return GuardedToolExecutionResult.of(result, batch.outcomes());
    }

    private ToolCallingChatOptions onlyGuarded(@Nullable Object requested, ToolCallBatch batch) {
        ToolCallingChatOptions options = requested instanceof ToolCallingChatOptions given
                ? given
                : ToolCallingChatOptions.builder().build();
        ToolCallingChatOptions rewritten =
                options.mutate().toolCallbacks(tools(options, batch)).build();
        requireOnlyGuarded(rewritten);
        return rewritten;
    }

    private List<ToolCallback> tools(ToolCallingChatOptions options, ToolCallBatch batch) {
        List<ToolCallback> tools = new ArrayList<>();
        for (ToolCallback tool : attached(options)) {
            tools.add(guarded(tool, batch));
        }
        for (String name : batch.toolNames()) {
            if (tools.stream()
                    .noneMatch(tool -> name.equals(tool.getToolDefinition().name()))) {
                tools.add(unattached(name, batch));
            }
        }
        return tools;
    }

    private static List<ToolCallback> attached(ToolCallingChatOptions options) {
        return Objects.requireNonNullElse(options.getToolCallbacks(), List.of());
    }

    private ToolCallback unattached(String name, ToolCallBatch batch) {
        ToolCallback found = name.isBlank() ? null : fallback.resolve(name);
        return found == null ? new UnattachedTool(name, batch, guards) : guarded(found, batch);
    }

    private ToolCallback guarded(ToolCallback tool, ToolCallBatch batch) {
        return tool instanceof UnattachedTool unattached
                ? new UnattachedTool(unattached.name(), batch, guards)
                : CapabilityToolCallback.guard(tool, guards).in(batch);
    }

    /** A model's own options builder might keep the tools it had; then nothing may run. */
    private static void requireOnlyGuarded(ToolCallingChatOptions options) {
        boolean guarded = attached(options).stream()
                .allMatch(tool -> tool instanceof CapabilityToolCallback || tool instanceof UnattachedTool);
        if (!guarded) {
            throw new IllegalStateException(
                    options.getClass().getName() + " keeps unguarded tools when it is given guarded ones");
        }
    }
}
