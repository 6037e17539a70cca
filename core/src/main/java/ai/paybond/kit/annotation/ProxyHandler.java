package ai.paybond.kit.annotation;

import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a guarded call of every call on a proxy; see {@link GuardedProxy}. */
final class ProxyHandler implements InvocationHandler {
    private final Supplier<ToolGuard> guard;
    private final Class<?> type;
    private final Object target;
    private final Map<Method, GuardedMethod> tools;
    private final @Nullable Executor executor;

    ProxyHandler(
            Supplier<ToolGuard> guard,
            Class<?> type,
            Object target,
            Map<Method, GuardedMethod> tools,
            @Nullable Executor executor) {
        this.guard = guard;
        this.type = type;
        this.target = target;
        this.tools = Map.copyOf(tools);
        this.executor = executor;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        GuardedMethod tool = tools.get(method);
        if (tool == null) {
            return ToolMethods.isOfObject(method)
                    ? ofObject(proxy, method, arguments)
                    : InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        ToolCall call = ToolCall.of(tool.toolName(), null, tool.write(arguments));
        return CompletionStage.class.isAssignableFrom(method.getReturnType())
                ? later(tool, call)
                : guard.get()
                        .call(call, permitted -> tool.run(target, permitted.arguments()))
                        .orThrow();
    }

    private CompletableFuture<@Nullable Object> later(GuardedMethod tool, ToolCall call) {
        return guard.get()
                .async(Objects.requireNonNull(executor, "executor"))
                .callStage(call, permitted -> stage(tool, permitted))
                .thenApply(ProxyHandler::resultOf);
    }

    @SuppressWarnings("unchecked") // the method's return type is a stage
    private CompletionStage<@Nullable Object> stage(GuardedMethod tool, ToolCall permitted) throws Exception {
        return (CompletionStage<@Nullable Object>)
                Objects.requireNonNull(tool.run(target, permitted.arguments()), "the tool gave no stage");
    }

    private static @Nullable Object resultOf(ToolOutcome<?> outcome) {
        try {
            return outcome.orThrow();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "GuardedProxy[" + type.getName() + "]";
        };
    }
}
