package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.AnnotatedTools;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.evidence.EvidenceMapper;
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
        List<String> parameters = Arrays.stream(methodOf(tool).getParameters())
                .map(ToolArguments::nameOf)
                .toList();
        return AnnotatedTools.declaration(
                tool.name(), annotation, parameters, describe(tool), AnnotatedDeclarations::ofWhatTheModelSees);
    }

    /** A plain Java object proves what its JSON says. */
    private static EvidenceMapper ofWhatTheModelSees(EvidenceMapper projection) {
        return (arguments, result) -> projection.map(arguments, asTheModelSees(result));
    }

    private static @Nullable Object asTheModelSees(@Nullable Object result) {
        boolean isText = result == null || result instanceof CharSequence || result instanceof JsonValue;
        return isText ? result : Json.toJson(result);
    }

    private static String describe(AiServiceTool tool) {
        Method method = methodOf(tool);
        return tool.name() + " (" + method.getDeclaringClass().getName() + "." + method.getName() + ")";
    }

    private static Method methodOf(AiServiceTool tool) {
        return ((DefaultToolExecutor) tool.toolExecutor()).originalMethod();
    }
}
