package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.ConfigurationException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a tool is sold. What a call costs is the tool's {@link ai.paybond.kit.guard.SpendRule}, counted in credits: fixed, or computed
 * from the arguments. With a meter that rule is the most a call may cost, and the meter says the rest after the run.
 *
 * @param planIds the plans that pay, any one of them
 * @param agentId the agent that sells, or null
 * @param resource how the tool is named to Nevermined; must match the agent's endpoints if it registered any. Null is the tool's name
 * @param meter what the run cost, or null to charge what was reserved
 */
public record ToolPlan(
        List<String> planIds,
        @Nullable String agentId,
        @Nullable String resource,
        @Nullable CreditMeter meter) {
    /** @throws ConfigurationException {@code plan.missing} if there is no plan */
    public ToolPlan {
        planIds = List.copyOf(planIds);
        if (planIds.isEmpty()) {
            throw new ConfigurationException("plan.missing", "a tool is sold by at least one plan");
        }
    }

    /** Sold by this plan. */
    public static ToolPlan of(String planId) {
        return anyOf(List.of(planId));
    }

    /** Sold by any of these plans. */
    public static ToolPlan anyOf(List<String> planIds) {
        return new ToolPlan(planIds, null, null, null);
    }

    /** The same, sold by this agent under this resource. */
    public ToolPlan by(String sellingAgent, String named) {
        return new ToolPlan(planIds, Objects.requireNonNull(sellingAgent), Objects.requireNonNull(named), meter);
    }

    /** The same, its cost known only after the run. The tool must have evidence. */
    public ToolPlan metered(CreditMeter by) {
        return new ToolPlan(planIds, agentId, resource, Objects.requireNonNull(by));
    }
}
