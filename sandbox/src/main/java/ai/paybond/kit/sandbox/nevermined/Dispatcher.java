package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;

/** From a route to the rule that serves it. Guarded by the sandbox's lock. */
final class Dispatcher {
    private final Market market;
    private final FacilitatorRules facilitator;
    private final NeverminedFaults faults;

    Dispatcher(Market market, FacilitatorRules facilitator, NeverminedFaults faults) {
        this.market = market;
        this.facilitator = facilitator;
        this.faults = faults;
    }

    /** @param caller the account of the key; empty on public routes */
    JsonObject answer(NeverminedRoute route, List<String> parameters, String caller, JsonObject body) {
        return switch (route) {
            case DEPLOYMENT ->
                JsonObject.of(
                        Map.of("deployment", Map.of("contracts", Map.of("PayAsYouGoTemplate", "0x" + "5".repeat(40)))));
            case CREATE_PERMISSION -> facilitator.permission(caller, body);
            case VERIFY -> facilitator.verify(caller, body);
            case SETTLE -> facilitator.settle(caller, body, faults.takeRefusal());
            case CREATE_DELEGATION -> market.createDelegation(caller, body);
            case LIST_DELEGATIONS -> market.listDelegations(caller);
            case REGISTER_PLAN -> market.registerPlan(caller, body);
            case LIST_PLANS -> market.listPlans(caller);
            case MINT, MINT_EXPIRABLE -> market.mint(caller, body);
            case GET_PLAN -> market.plan(parameters.get(0)).describe();
            case PLAN_AGENTS -> market.agentsOf(parameters.get(0));
            case ORDER_PLAN -> market.order(caller, parameters.get(0));
            case PLAN_BALANCE -> market.plan(parameters.get(0)).describeBalance(parameters.get(1));
            case REGISTER_AGENT -> market.registerAgent(caller, body);
            case LIST_AGENTS -> market.listAgents(caller);
            case REGISTER_AGENT_AND_PLAN -> market.registerBoth(caller, body);
            case GET_AGENT -> market.agent(parameters.get(0)).describe();
            case UPDATE_AGENT -> market.updateAgent(caller, parameters.get(0), body);
            case AGENT_PLANS -> market.plansOf(parameters.get(0));
            case LINK_PLAN -> market.link(caller, parameters.get(0), parameters.get(1), true);
            case UNLINK_PLAN -> market.link(caller, parameters.get(0), parameters.get(1), false);
            case TRACK_SUB_TASK -> market.trackSubTask(body);
        };
    }

    /** 201 for what makes something, as the backend's own. */
    static int status(NeverminedRoute route) {
        return switch (route) {
            case CREATE_PERMISSION, CREATE_DELEGATION, REGISTER_PLAN, REGISTER_AGENT, REGISTER_AGENT_AND_PLAN -> 201;
            default -> 200;
        };
    }
}
