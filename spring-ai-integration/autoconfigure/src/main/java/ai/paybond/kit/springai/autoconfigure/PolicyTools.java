package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyTool;
import ai.paybond.kit.policy.ToolBindings;
import java.util.Optional;

/** Finds what the code declares of a policy's tools: by the operation, or by the very name. */
final class PolicyTools {

    private PolicyTools() {}

    static ToolBindings bindings(Policy policy, ToolRegistry declared) {
        ToolBindings.Builder bindings = ToolBindings.builder();
        for (PolicyTool tool : policy.tools()) {
            declarationOf(tool, declared).ifPresent(found -> bindings.declared(tool.name(), found));
        }
        return bindings.build();
    }

    private static Optional<ToolDeclaration> declarationOf(PolicyTool tool, ToolRegistry declared) {
        return declared.declarations().stream()
                .filter(declaration -> declaration.operation().equals(tool.operation()))
                .findFirst()
                .or(() -> declared.find(tool.name()));
    }
}
