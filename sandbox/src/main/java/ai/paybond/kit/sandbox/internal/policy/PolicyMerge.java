package ai.paybond.kit.sandbox.internal.policy;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays a tenant's overlay over its organisation's policy. An overlay only tightens: what would widen is left out and named. */
final class PolicyMerge {
    private final JsonObject base;
    private final JsonObject overlay;
    private final List<String> applied = new ArrayList<>();
    private final List<PolicyIssue> denied = new ArrayList<>();

    private PolicyMerge(JsonObject base, JsonObject overlay) {
        this.base = base;
        this.overlay = overlay;
    }

    /** The effective policy, which overrides went into it, and which did not. */
    record Merged(JsonObject policy, List<String> applied, List<PolicyIssue> denied) {}

    static Merged merge(JsonObject base, JsonObject overlay) {
        PolicyMerge merge = new PolicyMerge(base, overlay);
        JsonObject policy = merge.policy();
        return new Merged(policy, merge.applied, merge.denied);
    }

    private JsonObject policy() {
        JsonObject overrides = overlay.object("overrides").orElseGet(PolicyMerge::empty);
        boolean deny = base.bool("default_deny").orElse(true)
                || overlay.bool("default_deny").orElse(false)
                || overrides.bool("default_deny").orElse(false);
        JsonObject.Builder merged = JsonObject.builder()
                .put("version", 1)
                .put(
                        "name",
                        overlay.string("name").or(() -> base.string("name")).orElse("policy"))
                .put("default_deny", deny)
                .put("tools", JsonObject.of(tools(overrides)));
        JsonObject intent = intent(overrides.object("intent").or(() -> overlay.object("intent")));
        JsonObject adapter = adapter(overrides.object("adapter").or(() -> overlay.object("adapter")));
        return merged.putIfPresent("intent", intent.members().isEmpty() ? null : intent)
                .putIfPresent("adapter", adapter.members().isEmpty() ? null : adapter)
                .build();
    }

    private Map<String, JsonValue> tools(JsonObject overrides) {
        Map<String, JsonValue> tools = new LinkedHashMap<>(members(base, "tools"));
        members(overlay, "tools").forEach((name, tool) -> {
            if (tools.containsKey(name)) {
                deny("tools." + name, "policy.cannot_replace_org_tool");
            } else {
                tools.put(name, tool);
                applied.add("tools." + name);
            }
        });
        Map<String, JsonValue> own = members(base, "tools");
        members(overrides, "tools").forEach((name, override) -> {
            String path = "overrides.tools." + name;
            if (own.get(name) instanceof JsonObject tool && override instanceof JsonObject change) {
                tools.put(name, tool(path, tool, change));
            } else {
                deny(path, "policy.unknown_org_tool_override");
            }
        });
        return tools;
    }

    private JsonObject tool(String path, JsonObject tool, JsonObject change) {
        JsonObject result = tool;
        for (Map.Entry<String, JsonValue> member : change.members().entrySet()) {
            Optional<String> refusal = refusal(tool, member.getKey(), change);
            if (refusal.isPresent()) {
                deny(path + "." + member.getKey(), refusal.get());
            } else {
                result = result.with(member.getKey(), member.getValue());
                applied.add(path + "." + member.getKey());
            }
        }
        return result;
    }

    private static Optional<String> refusal(JsonObject tool, String member, JsonObject change) {
        return switch (member) {
            case "side_effecting" ->
                tool.bool(member).orElse(false) && !change.bool(member).orElse(false)
                        ? Optional.of("policy.cannot_disable_org_side_effecting_tool")
                        : Optional.empty();
            case "max_spend_cents" -> raises(tool, change);
            case "spend_from_args" ->
                tool.has("max_spend_cents") ? Optional.of("policy.cannot_override_org_spend_mode") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> raises(JsonObject tool, JsonObject change) {
        if (tool.has("spend_from_args")) {
            return Optional.of("policy.cannot_override_org_spend_mode");
        }
        long cap = tool.integer("max_spend_cents").orElse(Long.MAX_VALUE);
        return change.integer("max_spend_cents").filter(c -> c <= cap).isPresent()
                ? Optional.empty()
                : Optional.of("policy.cannot_raise_spend_cap");
    }

    private JsonObject intent(Optional<JsonObject> change) {
        JsonObject own = base.object("intent").orElseGet(PolicyMerge::empty);
        if (change.isEmpty()) {
            return own;
        }
        JsonObject result = own;
        if (change.get().has("allowed_tools")) {
            result = result.with("allowed_tools", allowedTools(own, change.get()));
        }
        if (change.get().has("budget")) {
            result = result.with("budget", budget(own, change.get()));
        }
        if (change.get().has("policy_binding")) {
            result = result.with("policy_binding", binding(own, change.get()));
        }
        return result;
    }

    private List<String> allowedTools(JsonObject own, JsonObject change) {
        List<String> wanted = strings(change);
        if (!own.has("allowed_tools")) {
            applied.add("intent.allowed_tools");
            return wanted;
        }
        List<String> allowed = strings(own);
        if (!allowed.containsAll(wanted)) {
            deny("intent.allowed_tools", "policy.cannot_widen_allowed_tools");
        } else {
            applied.add("intent.allowed_tools");
        }
        return wanted.stream().filter(allowed::contains).toList();
    }

    private JsonObject budget(JsonObject own, JsonObject change) {
        JsonObject wanted = change.object("budget").orElseGet(PolicyMerge::empty);
        Optional<JsonObject> limit = own.object("budget");
        double cap = limit.map(PolicyMerge::usd).orElse(Double.MAX_VALUE);
        if (limit.isPresent() && usd(wanted) > cap) {
            deny("intent.budget", "policy.cannot_raise_budget_cap");
            return limit.get();
        }
        applied.add("intent.budget");
        return wanted;
    }

    private JsonObject binding(JsonObject own, JsonObject change) {
        JsonObject wanted = change.object("policy_binding").orElseGet(PolicyMerge::empty);
        Optional<JsonObject> bound = own.object("policy_binding");
        if (bound.isPresent()) {
            Optional<String> refusal = refusal(bound.get(), wanted);
            if (refusal.isPresent()) {
                deny("intent.policy_binding", refusal.get());
                return bound.get();
            }
        }
        applied.add("intent.policy_binding");
        return wanted;
    }

    private static Optional<String> refusal(JsonObject bound, JsonObject wanted) {
        if (!wanted.string("template_id").equals(bound.string("template_id"))) {
            return Optional.of("policy.cannot_change_org_template");
        }
        if (wanted.integer("version_seq").orElse(Long.MAX_VALUE)
                < bound.integer("version_seq").orElse(0L)) {
            return Optional.of("policy.cannot_downgrade_template_version");
        }
        boolean other = bound.string("head_digest").isPresent()
                && !bound.string("head_digest").equals(wanted.string("head_digest"));
        return other ? Optional.of("policy.cannot_change_org_head_digest") : Optional.empty();
    }

    private JsonObject adapter(Optional<JsonObject> change) {
        JsonObject own = base.object("adapter").orElseGet(PolicyMerge::empty);
        Optional<Boolean> wanted = change.flatMap(object -> object.bool("deny_provider_executed_tools"));
        if (wanted.isEmpty()) {
            return own;
        }
        if (own.bool("deny_provider_executed_tools").orElse(false) && !wanted.get()) {
            deny("adapter.deny_provider_executed_tools", "policy.cannot_relax_provider_executed_deny");
            return own;
        }
        applied.add("adapter.deny_provider_executed_tools");
        return own.with("deny_provider_executed_tools", wanted.get());
    }

    private void deny(String path, String code) {
        denied.add(new PolicyIssue(path, code, "An overlay may only tighten the organisation's policy."));
    }

    private static double usd(JsonObject budget) {
        return budget.get("max_spend_usd") instanceof JsonNumber number ? number.doubleValue() : Double.MAX_VALUE;
    }

    private static List<String> strings(JsonObject intent) {
        return intent.array("allowed_tools").flatMap(JsonArray::strings).orElse(List.of());
    }

    private static Map<String, JsonValue> members(JsonObject object, String name) {
        return object.object(name).map(JsonObject::members).orElse(Map.of());
    }

    private static JsonObject empty() {
        return JsonObject.builder().build();
    }
}
