package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.sandbox.nevermined.CreditLine.Kind;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans, agents, delegations and the ledger. Guarded by the sandbox's lock. */
final class Market {
    private static final String SUCCESS = "success";

    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final Map<String, Delegation> delegations = new LinkedHashMap<>();
    private final List<CreditLine> ledger = new ArrayList<>();
    private final List<JsonObject> subTasks = new ArrayList<>();
    private final Supplier<BigInteger> ids;
    private final Clock clock;

    Market(Supplier<BigInteger> ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    List<CreditLine> ledger() {
        return List.copyOf(ledger);
    }

    List<JsonObject> subTasks() {
        return List.copyOf(subTasks);
    }

    Plan plan(String id) {
        Plan plan = plans.get(id);
        if (plan == null) {
            throw new RefusedException(404, "BCK.X402.0002", "plan not found");
        }
        return plan;
    }

    Agent agent(String id) {
        Agent agent = agents.get(id);
        if (agent == null) {
            throw new RefusedException(404, "BCK.X402.0001", "agent not found");
        }
        return agent;
    }

    Delegation delegation(String id) {
        Delegation delegation = delegations.get(id);
        if (delegation == null) {
            throw new RefusedException(402, "BCK.X402.0019", "delegation not found");
        }
        return delegation;
    }

    JsonObject registerPlan(String owner, JsonObject body) {
        Plan plan = new Plan(id(), owner, body);
        plans.put(plan.id, plan);
        return JsonObject.of(Map.of("planId", plan.id));
    }

    JsonObject registerAgent(String owner, JsonObject body) {
        Agent agent = new Agent(id(), owner, body);
        body.array("plans")
                .flatMap(JsonArray::strings)
                .orElse(List.of())
                .forEach(planId -> agent.plans.add(own(owner, plan(planId)).id));
        agents.put(agent.id, agent);
        return JsonObject.of(Map.of("data", Map.of("agentId", agent.id)));
    }

    JsonObject registerBoth(String owner, JsonObject body) {
        String planId = registerPlan(owner, Wanted.object(body, "plan"))
                .string("planId")
                .orElseThrow();
        Agent agent = new Agent(id(), owner, Wanted.object(body, "agent"));
        agent.plans.add(planId);
        agents.put(agent.id, agent);
        return JsonObject.of(Map.of("data", Map.of("agentId", agent.id, "planId", planId), "txHash", transaction()));
    }

    JsonObject updateAgent(String owner, String agentId, JsonObject body) {
        own(owner, agent(agentId)).replace(body);
        return JsonObject.of(Map.of(SUCCESS, true));
    }

    JsonObject link(String owner, String agentId, String planId, boolean linked) {
        Agent agent = own(owner, agent(agentId));
        Plan plan = own(owner, plan(planId));
        if (linked) {
            agent.plans.add(plan.id);
        } else {
            agent.plans.remove(plan.id);
        }
        return written();
    }

    JsonObject createDelegation(String owner, JsonObject body) {
        Delegation delegation = new Delegation("del-" + id(), owner, body, clock.instant());
        delegation.planId().ifPresent(this::plan);
        delegations.put(delegation.id, delegation);
        return JsonObject.builder()
                .put("delegationId", delegation.id)
                .putIfPresent("delegationToken", delegation.isCard() ? "card-" + delegation.id : null)
                .build();
    }

    JsonObject listDelegations(String owner) {
        List<JsonObject> own = delegations.values().stream()
                .filter(delegation -> delegation.owner.equals(owner))
                .map(delegation -> delegation.describe(clock.instant()))
                .toList();
        return JsonObject.of(Map.of("delegations", own, "totalResults", own.size(), "page", 1, "offset", 100));
    }

    JsonObject listPlans(String owner) {
        return listed(
                "plans",
                plans.values().stream()
                        .filter(plan -> plan.owner.equals(owner))
                        .map(Plan::describe)
                        .toList());
    }

    JsonObject listAgents(String owner) {
        return listed(
                "agents",
                agents.values().stream()
                        .filter(agent -> agent.owner.equals(owner))
                        .map(Agent::describe)
                        .toList());
    }

    JsonObject agentsOf(String planId) {
        plan(planId);
        return listed(
                "agents",
                agents.values().stream()
                        .filter(agent -> agent.plans.contains(planId))
                        .map(Agent::describe)
                        .toList());
    }

    JsonObject plansOf(String agentId) {
        return listed(
                "plans",
                agent(agentId).plans.stream().map(id -> plan(id).describe()).toList());
    }

    private static JsonObject listed(String name, List<JsonObject> items) {
        return JsonObject.of(Map.of("total", items.size(), "page", 1, "offset", 100, name, items));
    }

    JsonObject trackSubTask(JsonObject body) {
        Wanted.text(body, "agentRequestId");
        subTasks.add(body);
        return written();
    }

    JsonObject mint(String owner, JsonObject body) {
        Plan plan = own(owner, plan(Wanted.text(body, "planId")));
        String receiver = Wanted.text(body, "creditsReceiver");
        move(Kind.MINT, plan, receiver, Wanted.amount(body, "amount"), null);
        return written();
    }

    JsonObject order(String buyer, String planId) {
        Plan plan = plan(planId);
        String transaction = move(Kind.ORDER, plan, buyer, plan.creditsPerOrder, null);
        return JsonObject.of(Map.of(SUCCESS, true, "txHash", transaction));
    }

    /** Moves credits and says so in the ledger. */
    String move(Kind kind, Plan plan, String holder, BigInteger credits, @Nullable String agentRequestId) {
        String transaction = transaction();
        plan.add(holder, kind == Kind.BURN ? credits.negate() : credits);
        ledger.add(new CreditLine(kind, plan.id, holder, credits, agentRequestId, transaction, clock.instant()));
        return transaction;
    }

    /** Buys the plan once more out of a delegation, if that is enough for what is needed and it can pay. */
    Optional<String> topUp(Plan plan, String holder, Delegation delegation) {
        if (!delegation.canPay(plan.priceCents())) {
            return Optional.empty();
        }
        delegation.pay(plan.priceCents());
        return Optional.of(move(Kind.ORDER, plan, holder, plan.creditsPerOrder, null));
    }

    private JsonObject written() {
        return JsonObject.of(Map.of(SUCCESS, true, "txHash", transaction()));
    }

    private static Plan own(String owner, Plan plan) {
        if (!plan.owner.equals(owner)) {
            throw new RefusedException(403, "BCK.AUTH.0003", "the plan belongs to someone else");
        }
        return plan;
    }

    private static Agent own(String owner, Agent agent) {
        if (!agent.owner.equals(owner)) {
            throw new RefusedException(403, "BCK.AUTH.0003", "the agent belongs to someone else");
        }
        return agent;
    }

    private String id() {
        return ids.get().toString();
    }

    private String transaction() {
        return "0x" + ids.get().toString(16);
    }
}
