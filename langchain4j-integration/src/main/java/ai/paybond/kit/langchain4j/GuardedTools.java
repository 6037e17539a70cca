package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Puts a guard around LangChain4j tools, whatever way they are registered.
 *
 * <pre>{@code
 * ToolRegistry declared = GuardedTools.declarations(travelTools);
 * ToolGuard guard = session.guard(binding, declared).build();
 * Assistant assistant = AiServices.builder(Assistant.class)
 *         .chatModel(model)
 *         .tools(GuardedTools.of(guard, travelTools))
 *         .build();
 * }</pre>
 *
 * <p>The tools keep their specification and their return behaviour. A call that is refused gives the model an error
 * result that it can read; it does not end the turn. A tool that is guarded already is left as it is.
 *
 * <p>With one fixed guard, a tool that the guard's registry does not declare is found here, at start-up. With a
 * {@link GuardResolver} it is found when the call comes, and refused.
 */
public final class GuardedTools {
    private GuardedTools() {}

    /** As {@link #of(GuardResolver, Object...)} with one guard for every call. */
    public static List<AiServiceTool> of(ToolGuard guard, Object... objectsWithTools) {
        return of(GuardResolver.fixed(guard), objectsWithTools);
    }

    /**
     * Guards the {@code @Tool} methods of objects, JDK and subclass proxies included; for {@code
     * AiServices.tools(List)}.
     *
     * @throws ConfigurationException {@code tool.undeclared} naming every tool that a fixed guard does not know;
     *     {@code tool.guarded_differently} when one is guarded by something else
     */
    public static List<AiServiceTool> of(GuardResolver guards, Object... objectsWithTools) {
        return of(guards, toolsOf(objectsWithTools));
    }

    /** As {@link #of(GuardResolver, Collection)} with one guard for every call. */
    public static List<AiServiceTool> of(ToolGuard guard, Collection<AiServiceTool> tools) {
        return of(GuardResolver.fixed(guard), tools);
    }

    /** Guards tools that are built already. Throws as {@link #of(GuardResolver, Object...)}. */
    public static List<AiServiceTool> of(GuardResolver guards, Collection<AiServiceTool> tools) {
        requireDeclared(guards, tools);
        return wrap(guards, tools);
    }

    /** As {@link #of(GuardResolver, Map)} with one guard for every call. */
    public static List<AiServiceTool> of(ToolGuard guard, Map<ToolSpecification, ToolExecutor> tools) {
        return of(GuardResolver.fixed(guard), tools);
    }

    /** Guards tools given as a map; their result goes to the model. Throws as {@link #of(GuardResolver, Object...)}. */
    public static List<AiServiceTool> of(GuardResolver guards, Map<ToolSpecification, ToolExecutor> tools) {
        List<AiServiceTool> built = new ArrayList<>();
        tools.forEach((specification, executor) -> built.add(AiServiceTool.builder()
                .toolSpecification(specification)
                .toolExecutor(executor)
                .build()));
        return of(guards, built);
    }

    /** As {@link #guard(GuardResolver, ToolProvider)} with one guard for every call. */
    public static ToolProvider guard(ToolGuard guard, ToolProvider provider) {
        return guard(GuardResolver.fixed(guard), provider);
    }

    /**
     * Guards every tool that a provider provides (MCP, skills, a provider of your own), also one that provides anew in
     * each round. A tool that the guard's registry does not declare is shown to the model and refused when called.
     *
     * @throws ConfigurationException {@code tool.guarded_differently} when the provider is guarded by something else
     */
    public static ToolProvider guard(GuardResolver guards, ToolProvider provider) {
        Objects.requireNonNull(guards, "guards");
        Objects.requireNonNull(provider, "provider");
        if (provider instanceof GuardedToolProvider guarded) {
            requireSame(guards, guarded.guards(), "a provider");
            return provider;
        }
        return new GuardedToolProvider(provider, guards);
    }

    /**
     * Guards tools and shows a model, in each invocation, only those that the invocation's capability could allow: declared,
     * and read-only or of an operation that the token grants. A help to the model that saves refused calls. It does not
     * replace the guard, which checks every call that is made.
     *
     * @return for {@code AiServices.toolProvider}
     * @throws ConfigurationException {@code tool.guarded_differently} when a tool is guarded by something else
     */
    public static ToolProvider visible(GuardResolver guards, Collection<AiServiceTool> tools) {
        return new VisibleTools(guards, wrap(guards, tools));
    }

    /** As {@link #visible(GuardResolver, Collection)} for the {@code @Tool} methods of objects. */
    public static ToolProvider visible(GuardResolver guards, Object... objectsWithTools) {
        return visible(guards, toolsOf(objectsWithTools));
    }

    /**
     * Guards one executor, unless a guard is around it already, whichever that is: nothing is checked or charged twice.
     * For code through which every tool passes, whoever registered it.
     *
     * @param toolName the name under which the tool is registered; calls under another are refused
     * @return the same executor when it is guarded
     */
    public static ToolExecutor guardUnlessGuarded(GuardResolver guards, String toolName, ToolExecutor executor) {
        return executor instanceof CapabilityToolExecutor
                ? executor
                : new CapabilityToolExecutor(toolName, executor, guards);
    }

    /**
     * Answers calls of tools that the AI service was not given, for {@code AiServices.hallucinatedToolNameStrategy}. Without
     * it LangChain4j throws, which ends the turn; with it the guard refuses and journals the attempt as
     * {@code tool.undeclared}, or {@code tool.not_attached} for a tool that it knows, and the model reads the refusal.
     */
    public static Function<ToolExecutionRequest, ToolExecutionResultMessage> refusingOthers(ToolGuard guard) {
        return new OtherTools(guard);
    }

    /**
     * The registry that the {@link CapabilityGuarded} annotations of tool objects declare.
     *
     * @throws ConfigurationException {@code tool.undeclared} naming every {@code @Tool} method that carries no
     *     annotation; {@code tool.declaration} when an annotation contradicts itself or its method
     */
    public static ToolRegistry declarations(Object... objectsWithTools) {
        return AnnotatedDeclarations.of(toolsOf(objectsWithTools));
    }

    static List<AiServiceTool> wrap(GuardResolver guards, Collection<AiServiceTool> tools) {
        return tools.stream().map(tool -> wrap(guards, tool)).toList();
    }

    private static AiServiceTool wrap(GuardResolver guards, AiServiceTool tool) {
        if (tool.toolExecutor() instanceof CapabilityToolExecutor guarded) {
            requireSame(guards, guarded.guards(), tool.name());
            return tool;
        }
        return tool.toBuilder()
                .toolExecutor(new CapabilityToolExecutor(tool.name(), tool.toolExecutor(), guards))
                .build();
    }

    private static void requireSame(GuardResolver wanted, GuardResolver present, String what) {
        if (!present.equals(wanted)) {
            throw new ConfigurationException("tool.guarded_differently", what + " is guarded by another guard already");
        }
    }

    private static void requireDeclared(GuardResolver guards, Collection<AiServiceTool> tools) {
        FixedGuard.in(guards).ifPresent(guard -> requireDeclared(guard.tools(), tools));
    }

    private static void requireDeclared(ToolRegistry declared, Collection<AiServiceTool> tools) {
        List<String> unknown = tools.stream()
                .map(AiServiceTool::name)
                .filter(name -> declared.find(name).isEmpty())
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("tool.undeclared", "tools that the guard does not declare: " + unknown);
        }
    }

    private static List<AiServiceTool> toolsOf(Object... objectsWithTools) {
        return Arrays.stream(objectsWithTools)
                .flatMap(object -> ToolMethods.toolsOf(object).stream())
                .toList();
    }
}
