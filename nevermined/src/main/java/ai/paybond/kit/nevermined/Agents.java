package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Registers and reads agents. Safe for use by many threads. */
public final class Agents {
    private final Backend backend;

    Agents(Backend backend) {
        this.backend = backend;
    }

    /** @return the agent's id */
    public String register(AgentRegistration agent, List<String> planIds) {
        planIds.forEach(planId -> Identifiers.require(planId, "planId"));
        String body = agent.toJson(planIds).toJson();
        return Backend.text(data(BackendRequest.post(body, "api", "v1", "protocol", "agents")), "agentId");
    }

    /** Registers an agent and its plan in one call. */
    public RegisteredAgent register(AgentRegistration agent, PlanRegistration plan) {
        String body = agent.toJson(plan).toJson();
        JsonObject data = data(BackendRequest.post(body, "api", "v1", "protocol", "agents", "plans"));
        return new RegisteredAgent(Backend.text(data, "agentId"), Backend.text(data, "planId"));
    }

    /** The public description of an agent. */
    public JsonObject get(String agentId) {
        return backend.require(BackendRequest.get(
                true, Map.of(), "api", "v1", "protocol", "agents", Identifiers.require(agentId, "agentId")));
    }

    /** The agents of this key's owner. */
    public Page list(PageQuery query) {
        return Page.read(
                backend.require(BackendRequest.get(false, query.own(), "api", "v1", "protocol", "agents")), "agents");
    }

    /** The plans that open this agent. */
    public Page plans(String agentId, PageQuery query) {
        String id = Identifiers.require(agentId, "agentId");
        return Page.read(
                backend.require(
                        BackendRequest.get(true, query.linked(), "api", "v1", "protocol", "agents", id, "plans")),
                "plans");
    }

    /** Replaces the description of an agent. */
    public TransactionReply update(String agentId, AgentRegistration agent) {
        String id = Identifiers.require(agentId, "agentId");
        return new TransactionReply(
                backend.require(BackendRequest.put(agent.described().toJson(), "api", "v1", "protocol", "agents", id)));
    }

    /** Lets a plan open an agent. */
    public TransactionReply linkPlan(String agentId, String planId) {
        return new TransactionReply(backend.require(BackendRequest.post("{}", link(agentId, planId))));
    }

    /** Ends what {@link #linkPlan} began. */
    public TransactionReply unlinkPlan(String agentId, String planId) {
        return new TransactionReply(backend.require(BackendRequest.delete(link(agentId, planId))));
    }

    private static String[] link(String agentId, String planId) {
        return new String[] {
            "api",
            "v1",
            "protocol",
            "agents",
            Identifiers.require(agentId, "agentId"),
            "plan",
            Identifiers.require(planId, "planId")
        };
    }

    private JsonObject data(BackendRequest request) {
        return backend.require(request)
                .object("data")
                .orElseThrow(() -> NeverminedException.malformed("data of the reply"));
    }

    /** The ids of an agent and of the plan it came with. */
    public record RegisteredAgent(String agentId, String planId) {}
}
