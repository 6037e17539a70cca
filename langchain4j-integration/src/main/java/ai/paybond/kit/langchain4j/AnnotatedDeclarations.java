package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.wire.json.JsonValue;
import dev.langchain4j.internal.Json;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns {@link CapabilityGuarded} annotations into the declarations that a guard works by. */
final class AnnotatedDeclarations {
    private AnnotatedDeclarations() {}

    static ToolRegistry of(List<AiServiceTool> tools) {
        List<ToolDeclaration> declared = new ArrayList<>();
        List<String> undeclared = new ArrayList<>();
        for (AiServiceTool tool : tools) {
            Optional<CapabilityGuarded> annotation = ToolMethods.declarationOf(tool.toolExecutor());
            annotation.ifPresentOrElse(
                    found -> declared.add(declaration(tool, found)), () -> undeclared.add(describe(tool)));
        }
        if (!undeclared.isEmpty()) {
            undeclared.sort(null);
            throw new ConfigurationException(
                    "tool.undeclared", "@Tool methods without @CapabilityGuarded: " + String.join(", ", undeclared));
        }
        return registry(declared);
    }

    private static ToolRegistry registry(List<ToolDeclaration> declared) {
        try {
            return ToolRegistry.of(declared);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("tool.declaration", String.valueOf(e.getMessage()), e);
        }
    }

    private static ToolDeclaration declaration(AiServiceTool tool, CapabilityGuarded annotation) {
        ToolDeclaration.Builder builder = ToolDeclaration.builder(tool.name())
                .cleanFailures(annotation.cleanFailures())
                .doubtfulFailures(annotation.doubtfulFailures());
        if (!annotation.operation().isBlank()) {
            builder.operation(annotation.operation());
        }
        boolean proves = annotation.evidence().length > 0;
        if (annotation.readOnly()) {
            require(tool, !proves && !saysSpend(annotation), "is readOnly and yet gives spend or evidence");
            return builder.readOnly().build();
        }
        require(tool, proves != annotation.withoutEvidence(), "gives not exactly one of evidence and withoutEvidence");
        if (proves) {
            builder.evidence(members(annotation.evidence()));
        } else {
            builder.withoutEvidence();
        }
        return builder.spend(spend(tool, annotation)).build();
    }

    /** Projects what the model sees of a result, so that a plain Java object proves what its JSON says. */
    private static EvidenceMapper members(String... names) {
        EvidenceMapper projection = EvidenceMapper.members(names);
        return (arguments, result) -> projection.map(arguments, asTheModelSees(result));
    }

    private static @Nullable Object asTheModelSees(@Nullable Object result) {
        boolean isText = result == null || result instanceof CharSequence || result instanceof JsonValue;
        return isText ? result : Json.toJson(result);
    }

    private static SpendRule spend(AiServiceTool tool, CapabilityGuarded annotation) {
        String path = annotation.spendFrom();
        boolean fixed = annotation.spendCents() >= 0;
        require(tool, fixed == path.isBlank(), "gives not exactly one of spendCents and spendFrom");
        if (fixed) {
            return SpendRule.fixed(annotation.spendCents());
        }
        require(tool, readsParameter(tool, path), "reads its spend from " + path + ", which is no parameter");
        return SpendRule.argument(path);
    }

    private static boolean saysSpend(CapabilityGuarded annotation) {
        return annotation.spendCents() >= 0 || !annotation.spendFrom().isBlank();
    }

    private static boolean readsParameter(AiServiceTool tool, String path) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        return Arrays.stream(methodOf(tool).getParameters())
                .map(ToolArguments::nameOf)
                .anyMatch(first::equals);
    }

    private static void require(AiServiceTool tool, boolean condition, String otherwise) {
        if (!condition) {
            throw new ConfigurationException(
                    "tool.declaration", "@CapabilityGuarded on " + describe(tool) + " " + otherwise);
        }
    }

    private static String describe(AiServiceTool tool) {
        Method method = methodOf(tool);
        return tool.name() + " (" + method.getDeclaringClass().getName() + "." + method.getName() + ")";
    }

    private static Method methodOf(AiServiceTool tool) {
        return ((DefaultToolExecutor) tool.toolExecutor()).originalMethod();
    }
}
