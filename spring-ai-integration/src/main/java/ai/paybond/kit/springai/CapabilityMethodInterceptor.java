package ai.paybond.kit.springai;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.ArgumentMismatchException;
import ai.paybond.kit.annotation.GuardedMethod;
import ai.paybond.kit.async.GuardContext;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolBody;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeniedException;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.wire.json.JsonObject;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;

/**
 * Makes a guarded call of every call of a {@link ai.paybond.kit.annotation.CapabilityGuarded} method of a Spring bean, also
 * of one that no model asked for. A refusal is thrown as {@link ToolDeniedException} or
 * {@link ai.paybond.kit.guard.ApprovalRequiredException}; what the method throws is thrown as it is.
 *
 * <p>The guard is that of the tool call or {@link GuardContext} that the thread works for, or else what the resolver gives
 * without a tool context. A method that runs as a tool has been guarded already, and is not charged again. The method gets
 * exactly the arguments that were checked. Thread-safe.
 */
public final class CapabilityMethodInterceptor implements MethodInterceptor {

    private final GuardResolver guards;
    private final Map<Method, Optional<GuardedMethod>> methods = new ConcurrentHashMap<>();

    /** @param guards asked where the thread works for no guard */
    public CapabilityMethodInterceptor(GuardResolver guards) {
        this.guards = Objects.requireNonNull(guards, "guards");
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Method method = implemented(invocation);
        String toolName = GuardedTools.toolName(method);
        Optional<GuardedMethod> tool = methods.computeIfAbsent(method, CapabilityMethodInterceptor::asTool);
        if (PermittedCall.take(toolName, written(tool, invocation.getArguments()))) {
            return invocation.proceed();
        }
        GuardedMethod guarded = tool.orElseGet(() -> GuardedMethod.of(method, toolName));
        ToolCall call = ToolCall.of(toolName, null, guarded.write(invocation.getArguments()));
        return guard().call(call, new Invocation((ProxyMethodInvocation) invocation, guarded))
                .orThrow();
    }

    private static Method implemented(MethodInvocation invocation) {
        Object target = invocation.getThis();
        return target == null
                ? invocation.getMethod()
                : AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target));
    }

    /** Empty for a method that can only be called as a tool, such as one that takes a tool context. */
    private static Optional<GuardedMethod> asTool(Method method) {
        try {
            return Optional.of(GuardedMethod.of(method, GuardedTools.toolName(method)));
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    private static @Nullable JsonObject written(Optional<GuardedMethod> tool, @Nullable Object[] arguments) {
        try {
            return tool.map(method -> method.write(arguments)).orElse(null);
        } catch (ArgumentMismatchException e) {
            return null;
        }
    }

    private ToolGuard guard() {
        return GuardContext.find()
                .or(() -> Optional.ofNullable(CapabilityToolCallback.guardFor(guards, null)))
                .orElseThrow(
                        () -> new ToolDeniedException(Decision.Denied.because(CapabilityToolCallback.GUARD_MISSING)));
    }

    /** The method, run with what was checked. */
    private record Invocation(ProxyMethodInvocation invocation, GuardedMethod method) implements ToolBody<Object> {

        @Override
        public @Nullable Object run(ToolCall permitted) throws Exception {
            invocation.setArguments(method.read(permitted.arguments()));
            try {
                return invocation.proceed();
            } catch (Throwable thrown) {
                throw Invocation.<Exception>asThrown(thrown);
            }
        }

        @Override
        public @Nullable Object evidenceOf(@Nullable Object result) {
            return GuardedMethod.evidenceOf(result);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E asThrown(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }
}
