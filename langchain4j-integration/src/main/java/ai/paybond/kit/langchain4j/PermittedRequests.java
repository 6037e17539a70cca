package ai.paybond.kit.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The requests that guards have permitted and that their tools are working on now, by identity.
 *
 * <p>When an executor of the application hides a guarded one and is guarded itself, the inner guard would ask and
 * charge once more, or wait for the outer one that waits for it. It sees here that the call has been permitted
 * already. Per process, because the two executors share nothing else than the request: the one in between need not pass
 * the context on, nor stay on the thread.
 */
final class PermittedRequests {
    private static final Set<ToolExecutionRequest> RUNNING =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private PermittedRequests() {}

    static <T> T during(ToolExecutionRequest request, Supplier<T> tool) {
        RUNNING.add(request);
        try {
            return tool.get();
        } finally {
            RUNNING.remove(request);
        }
    }

    static boolean contains(ToolExecutionRequest request) {
        return RUNNING.contains(request);
    }
}
