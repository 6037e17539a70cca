package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.YamlReader;
import ai.paybond.kit.policy.Loosening.Kind;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a new policy allows that an old one did not. Where two settings cannot be ordered, such as two evidence presets, the
 * change counts as a loosening. The digest does not cover the adapter section; this does.
 *
 * @param loosenings empty if the new policy is at most as loose
 * @param documentChanged whether the documents differ at all
 */
public record PolicyChange(List<Loosening> loosenings, boolean documentChanged) {
    public PolicyChange {
        loosenings = List.copyOf(loosenings);
    }

    /** Compares two policies. */
    public static PolicyChange between(Policy before, Policy after) {
        return new PolicyChange(new Comparison(before, after).loosenings(), !before.equals(after));
    }

    /** True unless something became looser. */
    public boolean isTightening() {
        return loosenings.isEmpty();
    }

    private record Comparison(Policy before, Policy after, List<Loosening> found) {
        Comparison(Policy before, Policy after) {
            this(before, after, new ArrayList<>());
        }

        List<Loosening> loosenings() {
            report(before.defaultDeny() && !after.defaultDeny(), Kind.DEFAULT_DENY_OFF, "/default_deny");
            after.tools().stream()
                    .filter(tool -> before.tool(tool.name()).isEmpty())
                    .forEach(tool -> report(true, Kind.TOOL_ADDED, at(tool)));
            before.tools().forEach(this::compareTool);
            compareIntent();
            report(
                    before.deniesProviderExecutedTools() && !after.deniesProviderExecutedTools(),
                    Kind.PROVIDER_EXECUTED_ALLOWED,
                    "/adapter/deny_provider_executed_tools");
            return found;
        }

        private void compareTool(PolicyTool old) {
            Optional<PolicyTool> kept = after.tool(old.name());
            kept.ifPresentOrElse(tool -> compareTool(old, tool), () -> report(true, Kind.TOOL_REMOVED, at(old)));
        }

        private void compareTool(PolicyTool old, PolicyTool tool) {
            String at = at(tool);
            report(old.sideEffecting() && !tool.sideEffecting(), Kind.BECAME_READ_ONLY, at + "/side_effecting");
            report(!old.sideEffecting() && tool.sideEffecting(), Kind.BECAME_SIDE_EFFECTING, at + "/side_effecting");
            report(!old.operation().equals(tool.operation()), Kind.OPERATION_CHANGED, at + "/operation");
            if (old.sideEffecting() && tool.sideEffecting()) {
                comparePurchase(old, tool, at);
            }
        }

        private void comparePurchase(PolicyTool old, PolicyTool tool, String at) {
            Long ceiling = tool.maxSpendCents();
            Long oldCeiling = old.maxSpendCents();
            boolean raised =
                    ceiling != null && old.spendFromArgs() == null && ceiling > (oldCeiling == null ? 0 : oldCeiling);
            report(raised, Kind.CEILING_RAISED, at + "/max_spend_cents");
            report(oldCeiling != null && ceiling == null, Kind.CEILING_REMOVED, at + "/max_spend_cents");
            report(
                    tool.spendFromArgs() != null && !tool.spendFromArgs().equals(old.spendFromArgs()),
                    Kind.SPEND_SOURCE_CHANGED,
                    at + "/spend_from_args");
            report(
                    !Objects.equals(old.evidencePreset(), tool.evidencePreset()),
                    Kind.EVIDENCE_PRESET_CHANGED,
                    at + "/evidence_preset");
            report(!Objects.equals(old.vendorPack(), tool.vendorPack()), Kind.VENDOR_PACK_CHANGED, at + "/vendor_pack");
        }

        private void compareIntent() {
            report(isBudgetRaised(), Kind.BUDGET_RAISED, "/intent/budget");
            boolean wider = !before.allowedTools().isEmpty()
                    && (after.allowedTools().isEmpty()
                            || !new HashSet<>(before.allowedTools()).containsAll(after.allowedTools()));
            report(wider, Kind.ALLOWED_TOOLS_WIDENED, "/intent/allowed_tools");
            boolean rebound = before.policyBinding().isPresent()
                    && !before.policyBinding().equals(after.policyBinding());
            report(rebound, Kind.POLICY_BINDING_CHANGED, "/intent/policy_binding");
        }

        private boolean isBudgetRaised() {
            Optional<JsonObject> old = before.budget();
            if (old.isEmpty() || old.equals(after.budget())) {
                return false;
            }
            JsonObject budget = after.budget().orElse(null);
            return budget == null || !onlyLower(old.get(), budget);
        }

        // Members that the schema does not know cannot be ordered, so they must be equal.
        private boolean onlyLower(JsonObject old, JsonObject budget) {
            BigDecimal least = after.budgetUsd().orElse(null);
            Optional<BigDecimal> most = before.budgetUsd();
            boolean lower = most.isEmpty() || (least != null && least.compareTo(most.get()) <= 0);
            JsonValue others = old.without("max_spend_usd");
            return lower && others.equals(budget.without("max_spend_usd"));
        }

        private void report(boolean looser, Kind kind, String path) {
            if (looser) {
                found.add(new Loosening(kind, path));
            }
        }

        private static String at(PolicyTool tool) {
            return YamlReader.pointer("/tools", tool.name());
        }
    }
}
