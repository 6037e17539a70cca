package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import dev.langchain4j.agent.tool.CompensateFor;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.internal.Utils;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the {@code @Tool} methods of an object, as LangChain4j does and, for subclass proxies, where it does not. */
final class ToolMethods {
    private static final Logger LOG = LoggerFactory.getLogger(ToolMethods.class);

    private ToolMethods() {}

    /** @throws RuntimeException LangChain4j's own, when the object has no tools or a tool is declared wrongly */
    static List<AiServiceTool> toolsOf(Object object) {
        Class<?> target = targetClass(object.getClass());
        warnOfCompensations(target);
        return target == object.getClass() ? ToolService.findTools(object) : toolsOfProxy(object, target);
    }

    /** The annotation of a tool's method, wherever in its type hierarchy that method is declared. */
    static Optional<CapabilityGuarded> declarationOf(ToolExecutor executor) {
        if (!(executor instanceof DefaultToolExecutor reflective)) {
            return Optional.empty();
        }
        Method method = reflective.originalMethod();
        for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
            CapabilityGuarded found = declaredIn(type, method);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return declaredInInterfaces(method);
    }

    private static Optional<CapabilityGuarded> declaredInInterfaces(Method method) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
            collectInterfaces(type, interfaces);
        }
        Set<CapabilityGuarded> found = new LinkedHashSet<>();
        for (Class<?> type : interfaces) {
            CapabilityGuarded declared = declaredIn(type, method);
            if (declared != null) {
                found.add(declared);
            }
        }
        if (found.size() > 1) {
            throw new ConfigurationException(
                    "tool.declared_twice",
                    "interfaces of " + method.getDeclaringClass().getName() + " declare " + method.getName()
                            + " differently; put @CapabilityGuarded on the method itself");
        }
        return found.stream().findFirst();
    }

    private static void collectInterfaces(Class<?> type, Set<Class<?>> into) {
        for (Class<?> declared : type.getInterfaces()) {
            if (into.add(declared)) {
                collectInterfaces(declared, into);
            }
        }
    }

    private static @Nullable CapabilityGuarded declaredIn(Class<?> type, Method method) {
        try {
            return type.getDeclaredMethod(method.getName(), method.getParameterTypes())
                    .getAnnotation(CapabilityGuarded.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /**
     * A subclass proxy (Spring's CGLIB, Byte Buddy) overrides the tool methods without their annotations, and
     * LangChain4j 1.19.0 then finds no tool. The annotations are read from the class behind the proxy; the call still
     * goes through it.
     */
    private static List<AiServiceTool> toolsOfProxy(Object proxy, Class<?> target) {
        List<AiServiceTool> tools = new ArrayList<>();
        for (Method method : Utils.allConcreteMethods(target)) {
            Tool declared = method.getAnnotation(Tool.class);
            if (declared != null) {
                tools.add(proxied(proxy, method, declared));
            }
        }
        if (tools.isEmpty()) {
            throw new ConfigurationException("tool.none", target.getName() + " has no methods annotated with @Tool");
        }
        return tools;
    }

    private static AiServiceTool proxied(Object proxy, Method method, Tool declared) {
        if ((method.getModifiers() & (Modifier.PRIVATE | Modifier.FINAL | Modifier.STATIC)) != 0) {
            throw new ConfigurationException(
                    "tool.not_proxyable", "a proxy cannot pass calls of " + method.toGenericString() + " on");
        }
        ToolExecutor executor = DefaultToolExecutor.builder()
                .object(proxy)
                .originalMethod(method)
                .methodToInvoke(method)
                .wrapToolArgumentsExceptions(true)
                .propagateToolExecutionExceptions(true)
                .build();
        return AiServiceTool.builder()
                .toolSpecification(ToolSpecifications.toolSpecificationFrom(method))
                .toolExecutor(executor)
                .returnBehavior(declared.returnBehavior())
                .build();
    }

    private static Class<?> targetClass(Class<?> type) {
        Class<?> target = type;
        while (isSubclassProxy(target)) {
            target = target.getSuperclass();
        }
        return target;
    }

    private static boolean isSubclassProxy(Class<?> type) {
        String name = type.getName();
        return (name.contains("$$") || name.contains("$ByteBuddy$")) && type.getSuperclass() != Object.class;
    }

    private static void warnOfCompensations(Class<?> target) {
        for (Method method : Utils.allConcreteMethods(target)) {
            if (method.isAnnotationPresent(CompensateFor.class)) {
                LOG.warn(
                        "@CompensateFor on {} has no effect: LangChain4j does not compensate for guarded tools",
                        method.toGenericString());
            }
        }
    }
}
