package ai.paybond.kit.langchain4j;

import ai.paybond.kit.capability.CapabilityException;
import ai.paybond.kit.capability.CapabilityInspector;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link GuardedTools#visible}. What is shown here is guarded like any other tool; what is hidden cannot be called at all. */
record VisibleTools(GuardResolver guards, List<AiServiceTool> tools) implements ToolProvider {
    private static final Logger LOG = LoggerFactory.getLogger(VisibleTools.class);

    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolGuard guard = guardOf(request.invocationContext());
        if (guard == null) {
            return new ToolProviderResult(List.<AiServiceTool>of());
        }
        Optional<Set<String>> granted = operationsOf(guard);
        return new ToolProviderResult(
                tools.stream().filter(tool -> mayRun(tool, guard, granted)).toList());
    }

    private @Nullable ToolGuard guardOf(@Nullable InvocationContext context) {
        try {
            return guards.resolve(context);
        } catch (RuntimeException e) {
            LOG.warn("No tools are shown, because the guard of an invocation could not be found", e);
            return null;
        }
    }

    /** What the token says of itself, unverified: enough to choose what to show. Empty when it cannot be read here. */
    private static Optional<Set<String>> operationsOf(ToolGuard guard) {
        try {
            return Optional.of(CapabilityInspector.inspect(guard.binding().token())
                    .bounds()
                    .operations());
        } catch (CapabilityException e) {
            return Optional.empty();
        }
    }

    private static boolean mayRun(AiServiceTool tool, ToolGuard guard, Optional<Set<String>> granted) {
        String declaredName = ((CapabilityToolExecutor) tool.toolExecutor()).declaredName();
        return guard.tools()
                .find(declaredName)
                .filter(declared -> !declared.isSideEffecting() || isGranted(declared, granted))
                .isPresent();
    }

    private static boolean isGranted(ToolDeclaration declared, Optional<Set<String>> granted) {
        return granted.map(operations -> operations.contains(declared.operation()))
                .orElse(true);
    }
}
