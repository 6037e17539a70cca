package ai.paybond.kit.springai;

import ai.paybond.kit.capability.CapabilityException;
import ai.paybond.kit.capability.CapabilityInspector;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.ai.tool.ToolCallback;

/** Leaves out the tools that a conversation's capability does not grant. Saves a model vain attempts and guards nothing. */
final class VisibleTools {

    private final ToolGuard guard;
    private final Optional<Set<String>> granted;

    VisibleTools(ToolGuard guard) {
        this.guard = guard;
        this.granted = operationsOf(guard);
    }

    /** What the token says of itself, unverified: enough to choose what to show. Empty when it cannot be read here. */
    private static Optional<Set<String>> operationsOf(ToolGuard guard) {
        try {
            return Optional.of(CapabilityInspector.inspect(guard.binding().token())
                    .bounds()
                    .operations());
        } catch (CapabilityException e) {
            return Optional.empty();
        }
    }

    List<ToolCallback> of(List<ToolCallback> tools) {
        return tools.stream().filter(this::isVisible).toList();
    }

    private boolean isVisible(ToolCallback tool) {
        return guard.tools()
                .find(tool.getToolDefinition().name())
                .filter(declared -> !declared.isSideEffecting() || isGranted(declared))
                .isPresent();
    }

    private boolean isGranted(ToolDeclaration declared) {
        return granted.map(operations -> operations.contains(declared.operation()))
                .orElse(true);
    }
}
