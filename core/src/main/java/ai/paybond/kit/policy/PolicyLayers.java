package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** What the guardrails do to a document. */
final class PolicyLayers {
    private static final long STRICT_CENTS = 1000;

    private final Policy policy;
    private final CompletionCatalog catalog;

    PolicyLayers(Policy policy, CompletionCatalog catalog) {
        this.policy = policy;
        this.catalog = catalog;
    }

    JsonObject defaultDeny() {
        return policy.document().with("default_deny", true);
    }

    JsonObject readOnly(String prefix) {
        List<PolicyTool> kept = policy.tools().stream()
                .filter(tool -> !tool.sideEffecting() && tool.name().startsWith(prefix))
                .toList();
        if (kept.isEmpty()) {
            throw PolicyException.of(PolicyCodes.GUARDRAIL_LEAVES_NOTHING, "/tools", "no tool is read-only");
        }
        JsonObject all = policy.document().object("tools").orElseThrow();
        JsonObject.Builder tools = JsonObject.builder();
        kept.forEach(tool -> tools.put(tool.name(), all.get(tool.name())));
        return withAllowedAmong(kept, policy.document().with("tools", tools.build()));
    }

    private static JsonObject withAllowedAmong(List<PolicyTool> kept, JsonObject document) {
        JsonObject intent = document.object("intent").orElse(null);
        if (intent == null || !intent.has("allowed_tools")) {
            return document;
        }
        List<String> allowed = intent.array("allowed_tools").flatMap(JsonArray::strings).orElse(List.of()).stream()
                .filter(name -> kept.stream()
                        .anyMatch(tool ->
                                tool.name().equals(name) || tool.operation().equals(name)))
                .toList();
        return document.with("intent", intent.with("allowed_tools", allowed));
    }

    JsonObject requireEvidence() {
        for (PolicyTool tool : policy.tools()) {
            if (tool.sideEffecting() && provesNothing(tool)) {
                throw PolicyException.of(
                        PolicyCodes.MISSING_EVIDENCE_PRESET, place(tool), "its evidence preset asks for nothing");
            }
        }
        return policy.document();
    }

    private boolean provesNothing(PolicyTool tool) {
        return catalog.find(String.valueOf(tool.evidencePreset()))
                .flatMap(preset -> preset.evidenceSchema().array("required"))
                .filter(required -> !required.items().isEmpty())
                .isEmpty();
    }

    JsonObject strict() {
        requireEvidence();
        return maxSpend(STRICT_CENTS);
    }

    JsonObject maxSpend(long cents) {
        JsonObject tools = policy.document().object("tools").orElseThrow();
        for (PolicyTool tool : policy.tools()) {
            if (tool.sideEffecting()) {
                JsonObject json = tools.object(tool.name()).orElseThrow();
                tools = tools.with(tool.name(), json.with("max_spend_cents", ceiling(tool, cents)));
            }
        }
        JsonObject none = JsonObject.builder().build();
        JsonObject intent = policy.document().object("intent").orElse(none);
        return policy.document().with("tools", tools).with("intent", intent.with("budget", budget(cents)));
    }

    private static long ceiling(PolicyTool tool, long cents) {
        if (tool.spendFromArgs() != null) {
            throw PolicyException.of(
                    PolicyCodes.CONFLICTING_SPEND_FIELDS, place(tool), "spend_from_args excludes max_spend_cents");
        }
        Long declared = tool.maxSpendCents();
        return declared == null ? 0 : Math.min(declared, cents);
    }

    private JsonObject budget(long cents) {
        BigDecimal usd = BigDecimal.valueOf(cents).movePointLeft(2);
        BigDecimal lower = policy.budgetUsd().map(usd::min).orElse(usd);
        JsonObject budget = policy.budget()
                .orElseGet(() -> JsonObject.builder().put("currency", "usd").build());
        String text = lower.signum() == 0 ? "0" : lower.stripTrailingZeros().toPlainString();
        return budget.with("max_spend_usd", new JsonNumber(text));
    }

    private static String place(PolicyTool tool) {
        return YamlReader.pointer("/tools", tool.name());
    }
}
