package ai.paybond.kit.springai;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
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
            throw invalid(method, "stands on a method without @Tool");
        }
        ToolDeclaration.Builder builder = ToolDeclaration.builder(ToolUtils.getToolName(method));
        if (!annotation.operation().isBlank()) {
            builder.operation(annotation.operation());
        }
        builder.cleanFailures(annotation.cleanFailures()).doubtfulFailures(annotation.doubtfulFailures());
        return annotation.readOnly()
                ? readOnly(method, annotation, builder)
                : sideEffecting(method, annotation, builder);
    }

    private static ToolDeclaration readOnly(
            Method method, CapabilityGuarded annotation, ToolDeclaration.Builder builder) {
        if (isSpendFixed(annotation) || isSpendRead(annotation) || isProofNamed(annotation)) {
            throw invalid(method, "is readOnly, so it neither spends nor proves anything");
        }
        return builder.readOnly().build();
    }

    private static ToolDeclaration sideEffecting(
            Method method, CapabilityGuarded annotation, ToolDeclaration.Builder builder) {
        if (isSpendFixed(annotation) == isSpendRead(annotation)) {
            throw invalid(method, "needs exactly one of spendCents and spendFrom");
        }
        if (isProofNamed(annotation) == annotation.withoutEvidence()) {
            throw invalid(method, "needs exactly one of evidence and withoutEvidence");
        }
        builder.spend(
                isSpendFixed(annotation)
                        ? SpendRule.fixed(annotation.spendCents())
                        : spendFrom(method, annotation.spendFrom()));
        return annotation.withoutEvidence()
                ? builder.withoutEvidence().build()
                : builder.evidence(EvidenceMapper.members(annotation.evidence()))
                        .build();
    }

    private static boolean isProofNamed(CapabilityGuarded annotation) {
        return annotation.evidence().length > 0;
    }

    private static boolean isSpendFixed(CapabilityGuarded annotation) {
        return annotation.spendCents() >= 0;
    }

    private static boolean isSpendRead(CapabilityGuarded annotation) {
        return !annotation.spendFrom().isBlank();
    }

    private static SpendRule spendFrom(Method method, String path) {
        String first = path.split("\\.", 2)[0];
        if (Stream.of(method.getParameters()).map(Parameter::getName).noneMatch(first::equals)) {
            throw invalid(method, "reads spend from " + path + ", which is no parameter");
        }
        return SpendRule.argument(path);
    }

    private static ConfigurationException invalid(Method method, String what) {
        String where = method.getDeclaringClass().getName() + "." + method.getName();
        return new ConfigurationException(INVALID, "@CapabilityGuarded on " + where + " " + what);
    }
}
