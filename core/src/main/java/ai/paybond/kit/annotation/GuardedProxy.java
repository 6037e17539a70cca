package ai.paybond.kit.annotation;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolGuard;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a guard between an agent and an object: every method of an interface becomes a guarded tool call.
 *
 * <pre>{@code
 * Hotels hotels = GuardedProxy.of(guard, Hotels.class, new HttpHotels());
 * Booking booking = hotels.book("Paris", 18_700); // ToolDeniedException unless the capability allows it
 * }</pre>
 *
 * <p>A method is the tool of its name, or of the one that {@link CapabilityGuarded} gives it; whether it is declared is the
 * guard's registry's to say ({@link AnnotatedTools#registry}), and one that is not is refused. Arguments are checked by the
 * names of the parameters, and the object gets exactly what was checked, read back from JSON: strings, booleans, numbers
 * (no {@code float} and {@code char}), enums, records, {@code java.time} values, UUIDs, URIs, currencies, JSON values, and
 * {@code Optional}, {@code List}, {@code Set} and {@code Map<String, ..>} of these.
 *
 * <p>A refusal is thrown as {@link ai.paybond.kit.guard.ToolDeniedException} or
 * {@link ai.paybond.kit.guard.ApprovalRequiredException}; what the object throws is thrown as it is. Calls have no id, so
 * that none is taken for a repetition. A default method that the object does not override runs on the proxy, so that what
 * it calls is guarded. {@code equals}, {@code hashCode} and {@code toString} are the proxy's own. Only an interface can be
 * guarded so: for a class, extract one. Proxies are as thread-safe as their object.
 */
public final class GuardedProxy<T> {
    private final Supplier<ToolGuard> guard;
    private final Class<T> type;
    private final T target;
    private @Nullable Executor executor;

    private GuardedProxy(Supplier<ToolGuard> guard, Class<T> type, T target) {
        this.guard = Objects.requireNonNull(guard, "guard");
        this.type = Objects.requireNonNull(type, "type");
        this.target = Objects.requireNonNull(target, "target");
    }

    /**
     * A guarded view of an object.
     *
     * @throws ConfigurationException as {@link #build()}
     */
    public static <T> T of(ToolGuard guard, Class<T> type, T target) {
        Objects.requireNonNull(guard, "guard");
        return builder(() -> guard, type, target).build();
    }

    /**
     * A proxy whose guard is looked up for each call, as from {@link ai.paybond.kit.async.GuardContext#current()}.
     *
     * @param guard gives the guard of a call; what it throws, the call throws
     * @param type an interface
     * @param target what is guarded
     */
    public static <T> GuardedProxy<T> builder(Supplier<ToolGuard> guard, Class<T> type, T target) {
        return new GuardedProxy<>(guard, type, target);
    }

    /** Where calls of methods that return a {@link CompletionStage} are made; required if there is one. */
    public GuardedProxy<T> executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * @throws ConfigurationException {@code proxy.not_an_interface}; {@code tool.overloaded} when two methods would be the same
     *     tool; {@code tool.parameter_type} and {@code tool.parameter_name} when arguments have no form or no name;
     *     {@code proxy.executor} when a method returns a {@code CompletionStage} and there is no executor
     */
    public T build() {
        require(type.isInterface(), "proxy.not_an_interface", type.getName() + " is no interface");
        Map<Method, GuardedMethod> tools = new HashMap<>();
        Map<String, Method> byName = new HashMap<>();
        for (Method method : ToolMethods.of(type)) {
            if (isRunOnProxy(method)) {
                continue;
            }
            GuardedMethod tool = new GuardedMethod(method, toolName(method));
            require(
                    byName.put(tool.toolName(), method) == null,
                    "tool.overloaded",
                    "two methods of " + type.getName() + " would be tool " + tool.toolName());
            require(
                    executor != null || !CompletionStage.class.isAssignableFrom(method.getReturnType()),
                    "proxy.executor",
                    ToolMethods.describe(method) + " returns a stage, so its calls need an executor");
            tools.put(method, tool);
        }
        InvocationHandler handler = new ProxyHandler(guard, type, target, tools, executor);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A default method that is not itself a tool and that the object leaves as it is. */
    private boolean isRunOnProxy(Method method) {
        return method.isDefault()
                && ToolMethods.annotationOf(method).isEmpty()
                && onTarget(method).map(Method::isDefault).orElse(false);
    }

    private String toolName(Method method) {
        return ToolMethods.annotationOf(method)
                .or(() -> onTarget(method).flatMap(ToolMethods::annotationOf))
                .map(annotation -> ToolMethods.nameOf(method, annotation))
                .orElse(method.getName());
    }

    private Optional<Method> onTarget(Method method) {
        try {
            return Optional.of(target.getClass().getMethod(method.getName(), method.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static void require(boolean condition, String code, String otherwise) {
        if (!condition) {
            throw new ConfigurationException(code, otherwise);
        }
    }
}
