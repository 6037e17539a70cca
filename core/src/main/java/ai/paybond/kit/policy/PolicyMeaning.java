package ai.paybond.kit.policy;

import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.json.JsonArray;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a document of the right shape must also satisfy to mean one thing, and that safely. */
final class PolicyMeaning {
    private final Section root;
    private final ParserSettings settings;
    private final CompletionCatalog catalog;

    PolicyMeaning(Section root, ParserSettings settings) {
        this.root = root;
        this.settings = settings;
        this.catalog = settings.catalog();
    }

    void check() {
        if (!settings.openDefaultAccepted()
                && root.object().bool("default_deny").equals(Optional.of(false))) {
            root.report(PolicyCodes.DEFAULT_DENY_REQUIRED, "default_deny", "a tool that is not declared is denied");
        }
        Section tools = root.section("tools").orElseThrow();
        Set<String> operations = new HashSet<>();
        for (PolicyTool tool : Policy.toolsOf(root.object())) {
            check(tool, tools);
            if (!operations.add(tool.operation())) {
                tools.report(PolicyCodes.DUPLICATE_OPERATION, tool.name(), "another tool has this operation");
            }
        }
        root.section("intent").ifPresent(intent -> {
            checkAllowed(intent, tools);
            intent.section("policy_binding").ifPresent(this::checkTemplate);
        });
    }

    private void checkTemplate(Section binding) {
        Set<String> known = settings.templates();
        String template = binding.object().string("template_id").orElse("");
        if (known != null && !known.contains(template)) {
            binding.report(PolicyCodes.UNKNOWN_POLICY_TEMPLATE, "template_id", "is not among the known templates");
        }
    }

    private void check(PolicyTool tool, Section tools) {
        Section at = tools.section(tool.name()).orElseThrow();
        if (tool.maxSpendCents() != null && tool.spendFromArgs() != null) {
            at.report(PolicyCodes.CONFLICTING_SPEND_FIELDS, "spend_from_args", "excludes max_spend_cents");
        }
        if (tool.sideEffecting()) {
            checkEvidence(tool, at);
        } else {
            checkReadOnly(at);
        }
        checkVendorPack(tool, at);
    }

    private void checkEvidence(PolicyTool tool, Section at) {
        String preset = tool.evidencePreset();
        if (preset == null) {
            at.report(
                    PolicyCodes.MISSING_EVIDENCE_PRESET, "evidence_preset", "a side-effecting tool proves its result");
        } else if (catalog.find(preset).isEmpty()) {
            at.report(PolicyCodes.UNKNOWN_EVIDENCE_PRESET, "evidence_preset", "the catalogue has no such preset");
        }
    }

    // A read-only tool runs unchecked, so anything that speaks of a purchase says that it is not one.
    private static void checkReadOnly(Section at) {
        for (String name : List.of("max_spend_cents", "spend_from_args", "evidence_preset", "vendor_pack")) {
            if (at.object().has(name)) {
                at.report(PolicyCodes.READ_ONLY_CONFLICT, name, "a read-only tool costs nothing and proves nothing");
            }
        }
    }

    private void checkVendorPack(PolicyTool tool, Section at) {
        String pack = tool.vendorPack();
        if (pack == null) {
            return;
        }
        CompletionPreset found = catalog.find(pack).orElse(null);
        if (found == null) {
            at.report(PolicyCodes.UNKNOWN_VENDOR_PACK, "vendor_pack", "the catalogue has no such vendor pack");
        } else if (!found.isVendorPack() || !fits(found, tool)) {
            at.report(PolicyCodes.INVALID_VENDOR_PACK, "vendor_pack", "is no vendor pack for this tool's evidence");
        }
    }

    private boolean fits(CompletionPreset pack, PolicyTool tool) {
        String preset = tool.evidencePreset();
        return preset == null
                || catalog.find(preset)
                        .filter(it -> it.template().equals(pack.template()))
                        .isPresent();
    }

    private void checkAllowed(Section intent, Section tools) {
        List<String> allowed = intent.object()
                .array("allowed_tools")
                .flatMap(JsonArray::strings)
                .orElse(List.of());
        List<PolicyTool> declared = Policy.toolsOf(root.object());
        Set<String> known = new HashSet<>();
        declared.forEach(tool -> known.addAll(List.of(tool.name(), tool.operation())));
        if (!known.containsAll(allowed)) {
            intent.report(PolicyCodes.ALLOWED_TOOL_NOT_REGISTERED, "allowed_tools", "names no tool of this policy");
        }
        if (settings.strict() && !allowed.isEmpty()) {
            declared.stream()
                    .filter(PolicyTool::sideEffecting)
                    .filter(tool -> !allowed.contains(tool.name()) && !allowed.contains(tool.operation()))
                    .forEach(tool -> tools.report(
                            PolicyCodes.SIDE_EFFECTING_NOT_ALLOWED, tool.name(), "intent.allowed_tools leaves it out"));
        }
    }
}
