package ai.paybond.kit.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that guards have permitted and that their tools are working on now.
 *
 * <p>When an executor of the application hides a guarded one and is guarded itself, the inner guard would ask and
 * charge once more, or wait for the outer one that waits for it. It sees here that the call has been permitted
 * already. Per process, because the two executors share nothing else than the request, and not even that when the one in
 * between renames it, as MCP's executor does: then the invocation, the id and the arguments say that it is the same call.
 */
final class PermittedRequests {
    private static final Map<Object, Permitted> RUNNING = new ConcurrentHashMap<>();

    private record Permitted(
            ToolExecutionRequest request, @Nullable InvocationContext context) {

        boolean covers(ToolExecutionRequest other, @Nullable InvocationContext itsContext) {
            return request == other
                    || (context != null
                            && context == itsContext
                            && request.id() != null
                            && request.id().equals(other.id())
                            && Objects.equals(request.arguments(), other.arguments()));
        }
    }

    private PermittedRequests() {}

    static <T> T during(ToolExecutionRequest request, @Nullable InvocationContext context, Supplier<T> tool) {
        Object ticket = new Object();
        RUNNING.put(ticket, new Permitted(request, context));
        try {
            return tool.get();
        } finally {
            RUNNING.remove(ticket);
        }
    }

    static boolean contains(ToolExecutionRequest request, @Nullable InvocationContext context) {
        return RUNNING.values().stream().anyMatch(permitted -> permitted.covers(request, context));
    }
}
