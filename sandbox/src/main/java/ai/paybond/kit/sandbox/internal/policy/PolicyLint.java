package ai.paybond.kit.sandbox.internal.policy;

import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks a policy over without knowing its tenant. */
final class PolicyLint {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_.-]{0,127}");
    private static final Set<String> MEMBERS =
            Set.of("version", "name", "default_deny", "tools", "intent", "adapter", "extends", "overrides");

    private final CompletionCatalog catalog;
    private final boolean strict;
    private final List<PolicyIssue> issues = new ArrayList<>();

    private PolicyLint(CompletionCatalog catalog, boolean strict) {
        this.catalog = catalog;
        this.strict = strict;
    }

    static List<PolicyIssue> issues(JsonObject policy, CompletionCatalog catalog, boolean strict) {
        PolicyLint lint = new PolicyLint(catalog, strict);
        lint.document(policy);
        return lint.issues;
    }

    private void document(JsonObject policy) {
        long version = policy.integer("version").orElse(0L);
        require(version == 1 || version == 2, "version", "schema", "version must be 1 or 2.");
        require(
                NAME.matcher(policy.string("name").orElse("")).matches(),
                "name",
                "schema",
                "name must be a lower-case word of at most 64 characters.");
        require(
                policy.bool("default_deny").isPresent(),
                "default_deny",
                "schema",
                "default_deny must be true or false.");
        for (String member : policy.members().keySet()) {
            require(MEMBERS.contains(member), member, "schema", "There is no such member.");
        }
        Optional<JsonObject> tools = policy.object("tools");
        boolean inherits = policy.has("extends");
        require(
                inherits || tools.filter(t -> !t.members().isEmpty()).isPresent(),
                "tools",
                "schema",
                "tools must not be empty.");
        tools.ifPresent(this::tools);
        allowedTools(policy, inherits);
    }

    private void tools(JsonObject tools) {
        for (Map.Entry<String, JsonValue> entry : tools.members().entrySet()) {
            String path = "tools." + entry.getKey();
            require(TOOL.matcher(entry.getKey()).matches(), path, "schema", "That is no name for a tool.");
            if (entry.getValue() instanceof JsonObject tool) {
                tool(path, tool);
            } else {
                require(false, path, "schema", "A tool must be an object.");
            }
        }
    }

    private void tool(String path, JsonObject tool) {
        require(
                tool.bool("side_effecting").isPresent(),
                path + ".side_effecting",
                "schema",
                "side_effecting must be true or false.");
        boolean cap = tool.has("max_spend_cents");
        require(
                !cap || tool.integer("max_spend_cents").filter(c -> c >= 0).isPresent(),
                path + ".max_spend_cents",
                "schema",
                "max_spend_cents must be a whole number from 0.");
        require(!cap || !tool.has("spend_from_args"), path, "policy.conflicting_spend_fields", "One or the other.");
        Optional<String> preset = tool.string("evidence_preset");
        boolean effects = tool.bool("side_effecting").orElse(false);
        require(
                !effects || preset.isPresent(),
                path + ".evidence_preset",
                "policy.missing_evidence_preset",
                "A tool with side effects needs an evidence preset.");
        require(
                preset.isEmpty() || catalog.find(preset.get()).isPresent(),
                path + ".evidence_preset",
                "policy.unknown_evidence_preset",
                "There is no such evidence preset.");
        vendorPack(path + ".vendor_pack", tool.string("vendor_pack"));
    }

    private void vendorPack(String path, Optional<String> pack) {
        if (pack.isPresent()) {
            var preset = catalog.find(pack.get());
            require(preset.isPresent(), path, "policy.unknown_vendor_pack", "There is no such vendor pack.");
            require(
                    preset.isEmpty() || preset.get().isVendorPack(),
                    path,
                    "policy.invalid_vendor_pack",
                    "That preset is no vendor pack.");
        }
    }

    private void allowedTools(JsonObject policy, boolean inherits) {
        List<String> allowed = policy.object("intent")
                .flatMap(intent -> intent.array("allowed_tools"))
                .flatMap(JsonArray::strings)
                .orElse(List.of());
        Map<String, JsonValue> tools =
                policy.object("tools").map(JsonObject::members).orElse(Map.of());
        for (String tool : inherits ? List.<String>of() : allowed) {
            require(
                    tools.containsKey(tool) || isOperation(tool, tools),
                    "intent.allowed_tools",
                    "policy.allowed_tool_not_registered",
                    "An allowed tool is not among tools.");
        }
        if (strict && policy.bool("default_deny").orElse(false) && !allowed.isEmpty()) {
            tools.forEach((name, tool) -> requireAllowed(name, tool, allowed));
        }
    }

    private static boolean isOperation(String name, Map<String, JsonValue> tools) {
        return tools.values().stream()
                .anyMatch(tool -> tool instanceof JsonObject object
                        && object.string("operation").orElse("").equals(name));
    }

    private void requireAllowed(String name, @Nullable JsonValue tool, List<String> allowed) {
        boolean effects = tool instanceof JsonObject object
                && object.bool("side_effecting").orElse(false);
        boolean listed = allowed.contains(name)
                || (tool instanceof JsonObject object
                        && object.string("operation").filter(allowed::contains).isPresent());
        require(
                !effects || listed,
                "tools." + name,
                "policy.side_effecting_not_allowed",
                "A tool with side effects is not among the allowed ones.");
    }

    private void require(boolean holds, String path, String code, String message) {
        if (!holds) {
            issues.add(new PolicyIssue(path, code, message));
        }
    }
}
