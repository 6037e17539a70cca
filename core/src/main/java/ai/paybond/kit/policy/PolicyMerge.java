package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays a tenant's overlay over an organisation's base, so that nothing becomes looser; what would is an issue. */
final class PolicyMerge {
    private static final JsonObject EMPTY = JsonObject.builder().build();

    private final Policy base;
    private final Section overlay;
    private final Section overrides;
    private final @Nullable Set<String> approvedEvidence;
    private final List<String> applied = new ArrayList<>();

    /** @param approvedEvidence presets that an overlay may name; null when the organisation has no such list */
    PolicyMerge(Policy base, Section overlay, @Nullable Set<String> approvedEvidence) {
        this.base = base;
        this.overlay = overlay;
        this.overrides = overlay.section("overrides").orElseGet(() -> new Section(EMPTY, "", overlay.issues()));
        this.approvedEvidence = approvedEvidence;
    }

    /** JSON pointers of what {@link #document()} changed in the base's tools. */
    List<String> applied() {
        return applied;
    }

    JsonObject document() {
        JsonObject intent = base.document().object("intent").orElse(EMPTY);
        intent = overlay.section("intent")
                .map(IntentMerge.intersecting(intent)::over)
                .orElse(intent);
        intent = overrides
                .section("intent")
                .map(IntentMerge.within(intent)::over)
                .orElse(intent);
        JsonObject adapter = adapter();
        return JsonObject.builder()
                .put("version", 1)
                .put("name", overlay.object().get("name"))
                .put("default_deny", defaultDeny())
                .put("tools", tools())
                .putIfPresent("intent", intent.members().isEmpty() ? null : intent)
                .putIfPresent("adapter", adapter.members().isEmpty() ? null : adapter)
                .build();
    }

    private boolean defaultDeny() {
        return base.defaultDeny()
                || overlay.object().bool("default_deny").orElse(false)
                || overrides.object().bool("default_deny").orElse(false);
    }

    private JsonObject tools() {
        JsonObject given = base.document().object("tools").orElseThrow();
        Map<String, Object> tools = new LinkedHashMap<>(given.members());
        overlay.section("tools").ifPresent(added -> add(added, tools));
        overrides.section("tools").ifPresent(changed -> override(changed, given, tools));
        return JsonObject.of(tools);
    }

    private void add(Section added, Map<String, Object> tools) {
        for (String name : added.object().members().keySet()) {
            JsonObject tool = added.object().object(name).orElseThrow();
            if (base.tool(name).isPresent()) {
                added.report(PolicyCodes.CANNOT_REPLACE_ORG_TOOL, name, "the base declares this tool");
            } else {
                String preset = tool.string("evidence_preset").orElse(null);
                if (preset != null && approvedEvidence != null && !approvedEvidence.contains(preset)) {
                    reportEvidence(added.section(name).orElseThrow(), "evidence_preset");
                }
                tools.put(name, tool);
            }
        }
    }

    private void override(Section changed, JsonObject given, Map<String, Object> tools) {
        for (String name : changed.object().members().keySet()) {
            PolicyTool tool = base.tool(name).orElse(null);
            if (tool == null) {
                changed.report(PolicyCodes.UNKNOWN_ORG_TOOL_OVERRIDE, name, "the base has no such tool");
                continue;
            }
            Section at = changed.section(name).orElseThrow();
            check(tool, at);
            JsonObject old = given.object(name).orElseThrow();
            at.object().members().forEach((member, value) -> {
                if (!value.equals(old.get(member))) {
                    applied.add(at.at(member).substring("/overrides".length()));
                }
            });
            tools.put(name, JsonObject.builder().putAll(old).putAll(at.object()).build());
        }
    }

    private void check(PolicyTool tool, Section at) {
        JsonObject override = at.object();
        if (tool.sideEffecting() && !override.bool("side_effecting").orElse(true)) {
            at.report(
                    PolicyCodes.CANNOT_DISABLE_ORG_SIDE_EFFECTING_TOOL, "side_effecting", "the base says that it acts");
        }
        if (!override.string("operation").orElse(tool.operation()).equals(tool.operation())) {
            at.report(PolicyCodes.CANNOT_REPLACE_ORG_TOOL, "operation", "another grant would open the base's tool");
        }
        checkSpend(tool, at);
        checkEvidence(tool, at);
    }

    private static void checkSpend(PolicyTool tool, Section at) {
        Long cap = at.object().integer("max_spend_cents").orElse(null);
        String source = at.object().string("spend_from_args").orElse(null);
        if (cap != null && source != null) {
            at.report(PolicyCodes.CONFLICTING_SPEND_FIELDS, "spend_from_args", "excludes max_spend_cents");
        } else if (source != null && !source.equals(tool.spendFromArgs())) {
            at.report(
                    PolicyCodes.CANNOT_OVERRIDE_ORG_SPEND_MODE, "spend_from_args", "the base says where prices stand");
        } else if (cap != null && tool.spendFromArgs() != null) {
            at.report(
                    PolicyCodes.CANNOT_OVERRIDE_ORG_SPEND_MODE, "max_spend_cents", "the base says where prices stand");
        } else if (cap != null && cap > Objects.requireNonNullElse(tool.maxSpendCents(), 0L)) {
            at.report(PolicyCodes.CANNOT_RAISE_SPEND_CAP, "max_spend_cents", "is over the base's");
        }
    }

    // Two presets cannot be ordered, so without a list of approved ones the base's stays.
    private void checkEvidence(PolicyTool tool, Section at) {
        String preset = at.object().string("evidence_preset").orElse(tool.evidencePreset());
        boolean first = tool.evidencePreset() == null && approvedEvidence == null;
        boolean approved = approvedEvidence != null && preset != null && approvedEvidence.contains(preset);
        if (!Objects.equals(preset, tool.evidencePreset()) && !first && !approved) {
            reportEvidence(at, "evidence_preset");
        }
        String pack = at.object().string("vendor_pack").orElse(tool.vendorPack());
        if (tool.vendorPack() != null && !tool.vendorPack().equals(pack)) {
            reportEvidence(at, "vendor_pack");
        }
    }

    private static void reportEvidence(Section at, String name) {
        at.report(PolicyCodes.EVIDENCE_PRESET_NOT_ORG_APPROVED, name, "the organisation has not approved it");
    }

    private JsonObject adapter() {
        JsonObject.Builder adapter = JsonObject.builder();
        base.document().object("adapter").ifPresent(adapter::putAll);
        for (Section layer : List.of(overlay, overrides)) {
            layer.section("adapter").ifPresent(at -> {
                boolean denies =
                        at.object().bool("deny_provider_executed_tools").orElse(true);
                if (base.deniesProviderExecutedTools() && !denies) {
                    at.report(
                            PolicyCodes.CANNOT_RELAX_PROVIDER_EXECUTED_DENY,
                            "deny_provider_executed_tools",
                            "the base denies them");
                }
                adapter.putAll(at.object());
            });
        }
        return adapter.build();
    }
}
