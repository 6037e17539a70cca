package ai.paybond.kit.springai;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.AnnotatedTools;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.annotation.GuardedMethod;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Reads {@link CapabilityGuarded} annotations, through proxies too. */
public final class GuardedTools {

    private static final String INVALID = "tool.declaration";

    private GuardedTools() {}

    /**
     * The registry of the annotated methods of these tool objects. A {@code @Tool} method without
     * {@link CapabilityGuarded} is left out, and so denied when a model calls it.
     *
     * @throws ConfigurationException {@code tool.declaration} when an annotation contradicts itself or its method
     */
    public static ToolRegistry registry(Object... toolObjects) {
        return ToolRegistry.of(Arrays.stream(toolObjects)
                .map(AopUtils::getTargetClass)
                .flatMap(type -> declarations(type).stream())
                .toList());
    }

    /**
     * The declarations of the annotated methods of one class, superclasses and interfaces included, by tool name.
     *
     * @throws ConfigurationException {@code tool.declaration} when an annotation contradicts itself or its method
     */
    public static List<ToolDeclaration> declarations(Class<?> toolClass) {
        return methods(toolClass).stream()
                .filter(method -> annotation(method) != null)
                .map(GuardedTools::declaration)
                .sorted(Comparator.comparing(ToolDeclaration::toolName))
                .toList();
    }

    /**
     * As {@link #declarations}, with the annotated methods that are no {@code @Tool}: for applications that guard methods of
     * beans by interception. Such a method is the tool that the annotation names, or else its own name.
     *
     * @throws ConfigurationException {@code tool.declaration} also when a method cannot be intercepted or goes on after it has
     *     returned; {@code tool.parameter_type} and {@code tool.parameter_name} as {@link GuardedMethod}
     */
    public static List<ToolDeclaration> methodDeclarations(Class<?> beanClass) {
        return methods(beanClass).stream()
                .filter(method -> annotation(method) != null)
                .map(method -> isTool(method) ? declaration(method) : interceptedDeclaration(method))
                .sorted(Comparator.comparing(ToolDeclaration::toolName))
                .toList();
    }

    /** Whether calls of a method, or of the one that it implements or overrides, are to be guarded. */
    public static boolean isGuarded(Method method, Class<?> beanClass) {
        return annotation(AopUtils.getMostSpecificMethod(method, beanClass)) != null;
    }

    static String toolName(Method method) {
        if (isTool(method)) {
            return ToolUtils.getToolName(method);
        }
        CapabilityGuarded annotation = annotation(method);
        return annotation == null || annotation.name().isBlank() ? method.getName() : annotation.name();
    }

    /** The names of all tools that a class offers, declared or not. */
    public static Collection<String> toolNames(Class<?> toolClass) {
        return methods(toolClass).stream()
                .filter(GuardedTools::isTool)
                .map(ToolUtils::getToolName)
                .toList();
    }

    private static Set<Method> methods(Class<?> toolClass) {
        return MethodIntrospector.selectMethods(
                toolClass, (Method method) -> isTool(method) || annotation(method) != null);
    }

    private static boolean isTool(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, Tool.class);
    }

    private static @Nullable CapabilityGuarded annotation(Method method) {
        return AnnotatedElementUtils.findMergedAnnotation(method, CapabilityGuarded.class);
    }

    private static ToolDeclaration declaration(Method method) {
        CapabilityGuarded annotation = annotation(method);
        if (annotation == null || !isTool(method)) {
            throw invalid(method, "stands on a method without @Tool, and methods of beans are not intercepted");
        }
        return declaration(method, annotation);
    }

    private static ToolDeclaration interceptedDeclaration(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isFinal(modifiers) || Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            throw invalid(method, "stands on a final, private or static method, which cannot be intercepted");
        }
        if (isAsynchronous(method.getReturnType())) {
            throw invalid(method, "stands on a method that goes on after it has returned; use ToolGuard.async inside");
        }
        GuardedMethod.of(method, toolName(method));
        return declaration(method, Objects.requireNonNull(annotation(method)));
    }

    private static boolean isAsynchronous(Class<?> type) {
        return Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    private static ToolDeclaration declaration(Method method, CapabilityGuarded annotation) {
        List<String> parameters =
                Stream.of(method.getParameters()).map(Parameter::getName).toList();
        return AnnotatedTools.declaration(toolName(method), annotation, parameters, describe(method), mapper -> mapper);
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static ConfigurationException invalid(Method method, String what) {
        return new ConfigurationException(INVALID, "@CapabilityGuarded on " + describe(method) + " " + what);
    }
}
