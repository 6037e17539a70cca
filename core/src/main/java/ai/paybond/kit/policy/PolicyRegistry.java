package ai.paybond.kit.policy;

import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a policy and its bindings into declarations. */
final class PolicyRegistry {
    private final Policy policy;
    private final ToolBindings bindings;
    private final CompletionCatalog catalog;

    PolicyRegistry(Policy policy, ToolBindings bindings, CompletionCatalog catalog) {
        this.policy = policy;
        this.bindings = bindings;
        this.catalog = catalog;
    }

    ToolRegistry build() {
        requireKnownTools();
        requireDistinctNames();
        List<ToolDeclaration> declarations = new ArrayList<>();
        policy.tools().forEach(tool -> declarations.add(declaration(tool)));
        return ToolRegistry.of(declarations);
    }

    private void requireKnownTools() {
        Set<String> bound = new LinkedHashSet<>(bindings.hostNames().keySet());
        Set<String> purchases = new LinkedHashSet<>(bindings.spends().keySet());
        purchases.addAll(bindings.ceilings().keySet());
        purchases.addAll(bindings.evidence().keySet());
        bound.addAll(bindings.declared().keySet());
        bound.addAll(purchases);
        for (String name : bound) {
            PolicyTool tool = policy.tool(name).orElseThrow(() -> invalid(name, "the policy has no such tool"));
            if (!tool.sideEffecting() && purchases.contains(name)) {
                throw invalid(name, "a read-only tool costs nothing and proves nothing");
            }
        }
    }

    // A host name that is another tool's policy name would make the file say one thing and the guard do another.
    private void requireDistinctNames() {
        Set<String> names = new HashSet<>();
        for (PolicyTool tool : policy.tools()) {
            String hostName = hostName(tool);
            boolean anothers =
                    !hostName.equals(tool.name()) && policy.tool(hostName).isPresent();
            if (hostName.isBlank() || anothers || !names.add(hostName)) {
                throw invalid(tool.name(), "the agent's name for it is blank or another tool's");
            }
        }
    }

    private String hostName(PolicyTool tool) {
        ToolDeclaration declared = bindings.declared().get(tool.name());
        String own = declared == null ? tool.name() : declared.toolName();
        return bindings.hostNames().getOrDefault(tool.name(), own);
    }

    private ToolDeclaration declaration(PolicyTool tool) {
        ToolDeclaration.Builder builder =
                ToolDeclaration.builder(hostName(tool)).operation(tool.operation());
        ToolDeclaration declared = bindings.declared().get(tool.name());
        if (declared != null) {
            builder.approvedAndJudgedAs(declared);
        }
        if (!tool.sideEffecting()) {
            if (declared != null && declared.isSideEffecting()) {
                throw invalid(tool.name(), "the code declares it side-effecting, so it is not read-only");
            }
            return builder.readOnly().build();
        }
        return builder.sideEffecting()
                .spend(new CappedSpend(price(tool), ceiling(tool)))
                .evidence(evidence(tool))
                .build();
    }

    private SpendRule price(PolicyTool tool) {
        SpendRule bound = boundPrice(tool);
        String argument = tool.spendFromArgs();
        if (argument != null) {
            if (bindings.spends().containsKey(tool.name())) {
                throw invalid(tool.name(), "the policy names the argument that is its price");
            }
            return SpendRule.argument(argument);
        }
        return bound != null ? bound : unboundPrice(tool);
    }

    private @Nullable SpendRule boundPrice(PolicyTool tool) {
        ToolDeclaration declared = bindings.declared().get(tool.name());
        SpendRule price = declared == null ? null : declared.price().orElse(null);
        return bindings.spends().getOrDefault(tool.name(), price);
    }

    private SpendRule unboundPrice(PolicyTool tool) {
        Long ceiling = tool.maxSpendCents();
        if (ceiling == null || ceiling == 0) {
            return SpendRule.none();
        }
        if (!bindings.ceilingsReserved()) {
            throw PolicyException.of(
                    PolicyCodes.SPEND_UNSET,
                    place(tool.name()),
                    "has a ceiling, but nothing says what a call costs: bind a spend, or reserve ceilings");
        }
        return SpendRule.fixed(Math.min(ceiling, ceiling(tool)));
    }

    private long ceiling(PolicyTool tool) {
        long unset = tool.spendFromArgs() == null ? 0 : Long.MAX_VALUE;
        Long declared = tool.maxSpendCents();
        long ceiling = declared == null ? unset : declared;
        return Math.min(ceiling, bindings.ceilings().getOrDefault(tool.name(), Long.MAX_VALUE));
    }

    private EvidenceMapper evidence(PolicyTool tool) {
        CompletionPreset preset =
                catalog.find(String.valueOf(tool.evidencePreset())).orElseThrow();
        EvidenceMapper bound = bindings.evidence().get(tool.name());
        return bound == null ? EvidenceMapper.preset(preset) : bound.within(preset);
    }

    private static PolicyException invalid(String tool, String message) {
        return PolicyException.of(PolicyCodes.BINDING_INVALID, place(tool), message);
    }

    private static String place(String tool) {
        return YamlReader.pointer("/tools", tool);
    }
}
