package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What would pay for each tool. Scheme and network of each plan are looked up, never guessed. */
final class ToolRequirements {
    private final Map<String, ToolPlan> tools;
    private final Function<String, PaymentScheme> schemes;

    ToolRequirements(Map<String, ToolPlan> tools, Function<String, PaymentScheme> schemes) {
        this.tools = new LinkedHashMap<>(tools);
        this.schemes = schemes;
    }

    Optional<ToolPlan> plan(String toolName) {
        return Optional.ofNullable(tools.get(toolName));
    }

    /** Empty for a tool that is not sold. */
    Optional<PaymentRequired> of(String toolName) {
        return plan(toolName).map(plan -> of(toolName, plan));
    }

    private PaymentRequired of(String toolName, ToolPlan plan) {
        String named = plan.resource();
        return PaymentRequired.forPlans(plan.planIds(), schemes)
                .endpoint(named == null ? toolName : named)
                .agentId(plan.agentId())
                .build();
    }
}
