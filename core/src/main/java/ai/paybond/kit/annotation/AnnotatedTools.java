package ai.paybond.kit.annotation;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads {@link CapabilityGuarded} annotations. */
public final class AnnotatedTools {
    private AnnotatedTools() {}

    /**
     * The registry of the annotated methods of these interfaces and classes, inherited ones included. What is not annotated is
     * left out, and so denied when it is called.
     *
     * @throws ConfigurationException {@code tool.declaration} when an annotation contradicts itself or its method, or two of
     *     them clash; {@code tool.declared_twice} when a method inherits different ones
     */
    public static ToolRegistry registry(Class<?>... types) {
        List<ToolDeclaration> declarations = new ArrayList<>();
        for (Class<?> type : types) {
            for (Method method : ToolMethods.of(type)) {
                ToolMethods.annotationOf(method).ifPresent(found -> declarations.add(declaration(method, found)));
            }
        }
        try {
            return ToolRegistry.of(declarations);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("tool.declaration", String.valueOf(e.getMessage()), e);
        }
    }

    private static ToolDeclaration declaration(Method method, CapabilityGuarded annotation) {
        return declaration(
                ToolMethods.nameOf(method, annotation),
                annotation,
                ToolMethods.parametersOf(method),
                ToolMethods.describe(method),
                projection -> (arguments, result) -> projection.map(arguments, JavaValue.viewOf(result)));
    }

    /**
     * The declaration of one annotated tool, for integrations that find and name tools themselves.
     *
     * @param toolName the tool as the framework names it
     * @param parameters the names of its arguments
     * @param where which method that is, for messages
     * @param view how the mapper is shown results, as {@code mapper -> mapper} for as they are
     * @throws ConfigurationException {@code tool.declaration} when the annotation contradicts itself, the name or the
     *     parameters
     */
    public static ToolDeclaration declaration(
            String toolName,
            CapabilityGuarded annotation,
            Collection<String> parameters,
            String where,
            UnaryOperator<EvidenceMapper> view) {
        require(
                annotation.name().isBlank() || annotation.name().equals(toolName),
                where,
                "names the tool otherwise than " + toolName);
        ToolDeclaration.Builder builder = ToolDeclaration.builder(toolName)
                .cleanFailures(annotation.cleanFailures())
                .doubtfulFailures(annotation.doubtfulFailures());
        if (!annotation.operation().isBlank()) {
            builder.operation(annotation.operation());
        }
        approval(annotation, where, builder);
        if (annotation.readOnly()) {
            boolean spends =
                    annotation.spendCents() >= 0 || !annotation.spendFrom().isBlank();
            require(!spends && proofs(annotation) == 0, where, "is readOnly, so it neither spends nor proves anything");
            return builder.readOnly().build();
        }
        builder.spend(spend(annotation, parameters, where));
        require(proofs(annotation) == 1, where, "needs exactly one of evidence, preset and withoutEvidence");
        mapper(annotation, where)
                .ifPresentOrElse(mapper -> builder.evidence(view.apply(mapper)), builder::withoutEvidence);
        return builder.build();
    }

    private static void approval(CapabilityGuarded annotation, String where, ToolDeclaration.Builder builder) {
        long limit = annotation.approvalAboveCents();
        boolean limited = limit != -1;
        require(limit >= -1, where, "has a negative approvalAboveCents");
        require(!limited || !annotation.requiresApproval(), where, "has requiresApproval and approvalAboveCents");
        require(
                !limited || !annotation.readOnly(),
                where,
                "is readOnly, so no call costs more than approvalAboveCents");
        if (annotation.requiresApproval()) {
            builder.requiresApproval();
        } else if (limited) {
            builder.approvalAboveCents(limit);
        }
    }

    private static int proofs(CapabilityGuarded annotation) {
        return (annotation.evidence().length > 0 ? 1 : 0)
                + (annotation.preset().isBlank() ? 0 : 1)
                + (annotation.withoutEvidence() ? 1 : 0);
    }

    private static Optional<EvidenceMapper> mapper(CapabilityGuarded annotation, String where) {
        if (annotation.withoutEvidence()) {
            return Optional.empty();
        }
        if (annotation.preset().isBlank()) {
            require(areNames(annotation.evidence()), where, "names evidence members that are blank or repeated");
            return Optional.of(EvidenceMapper.members(annotation.evidence()));
        }
        var preset = CompletionCatalog.bundled().find(annotation.preset());
        require(preset.isPresent(), where, "names no known preset: " + annotation.preset());
        return preset.map(EvidenceMapper::preset);
    }

    private static boolean areNames(String... members) {
        return Arrays.stream(members).noneMatch(String::isBlank)
                && Arrays.stream(members).distinct().count() == members.length;
    }

    private static SpendRule spend(CapabilityGuarded annotation, Collection<String> parameters, String where) {
        String path = annotation.spendFrom();
        boolean fixed = annotation.spendCents() >= 0;
        require(fixed == path.isBlank(), where, "needs exactly one of spendCents and spendFrom");
        if (fixed) {
            return SpendRule.fixed(annotation.spendCents());
        }
        require(
                parameters.contains(path.split("\\.", 2)[0]),
                where,
                "reads spend from " + path + ", which is no parameter");
        return SpendRule.argument(path);
    }

    private static void require(boolean condition, String where, String otherwise) {
        if (!condition) {
            throw new ConfigurationException("tool.declaration", "@CapabilityGuarded on " + where + " " + otherwise);
        }
    }
}
