package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.langchain4j.GuardResolver;
import ai.paybond.kit.langchain4j.GuardedTools;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.tool.BeforeToolExecution;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.ToolServiceContext;
import dev.langchain4j.service.tool.ToolServiceResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's tool service, except that what it runs is guarded.
 *
 * <p>Executors are guarded late, when an invocation gets them, not when they are registered: until then one may still
 * replace another, and what is replaced last has to be guarded too. The doors by which executors come in from outside
 * are guarded again; a guarded executor is left as it is.
 */
final class StrictToolService extends ToolService {
    private final GuardResolver guards;

    StrictToolService(GuardResolver guards) {
        this.guards = guards;
    }

    @Override
    public void toolProvider(@Nullable ToolProvider provider) {
        if (provider != null) {
            super.toolProvider(StrictToolProvider.of(provider, guards));
        }
    }

    @Override
    public void toolProviders(@Nullable Collection<ToolProvider> providers) {
        if (providers != null) {
            providers.forEach(this::toolProvider);
        }
    }

    @Override
    public ToolServiceContext createContext(
            InvocationContext invocation, UserMessage userMessage, List<ChatMessage> messages) {
        return guarded(super.createContext(invocation, userMessage, messages));
    }

    @Override
    public ToolServiceResult executeInferenceAndToolsLoop(
            AiServiceContext context,
            Object memoryId,
            ChatResponse response,
            ChatRequestParameters parameters,
            List<ChatMessage> messages,
            ChatMemory memory,
            InvocationContext invocation,
            ToolServiceContext tools,
            Function<ChatRequest, ChatResponse> model) {
        return super.executeInferenceAndToolsLoop(
                context, memoryId, response, parameters, messages, memory, invocation, guarded(tools), model);
    }

    @Override
    public ToolExecutionResult executeTool(
            InvocationContext invocation,
            Map<String, ToolExecutor> executors,
            ToolExecutionRequest request,
            Consumer<BeforeToolExecution> before,
            Consumer<ToolExecution> after) {
        return super.executeTool(invocation, guarded(executors), request, before, after);
    }

    /**
     * LangChain4j calls compensating methods itself, past every executor.
     *
     * @throws ConfigurationException {@code strict.compensation} when they are asked for
     */
    @Override
    public void compensateOnToolErrors(boolean compensate) {
        if (compensate) {
            throw unguardedCompensation();
        }
        super.compensateOnToolErrors(false);
    }

    /** Whoever collects compensations to run them later, as agentic workflows do, gets one that refuses to run. */
    @Override
    public void onCompensableToolExecution(@Nullable BiConsumer<ToolExecution, Consumer<ToolExecution>> collector) {
        super.onCompensableToolExecution((execution, compensation) -> {
            if (collector != null) {
                collector.accept(execution, refused -> {
                    throw unguardedCompensation();
                });
            }
        });
    }

    private static ConfigurationException unguardedCompensation() {
        return new ConfigurationException(
                "strict.compensation",
                "@CompensateFor methods run unguarded; give the compensation a tool of its own, or call it in the tool");
    }

    private ToolServiceContext guarded(ToolServiceContext tools) {
        return tools.toBuilder()
                .toolExecutors(guarded(tools.toolExecutors()))
                .dynamicToolProviders(tools.dynamicToolProviders().stream()
                        .map(provider -> StrictToolProvider.of(provider, guards))
                        .toList())
                .build();
    }

    private Map<String, ToolExecutor> guarded(Map<String, ToolExecutor> executors) {
        Map<String, ToolExecutor> guarded = new HashMap<>();
        executors.forEach(
                (name, executor) -> guarded.put(name, GuardedTools.guardUnlessGuarded(guards, name, executor)));
        return guarded;
    }
}
