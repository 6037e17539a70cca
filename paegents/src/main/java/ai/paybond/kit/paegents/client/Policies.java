package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;

/** The owner's policy for the agent; needs the owner's word. Thread-safe. */
public final class Policies {
    private final Backend backend;

    Policies(Backend backend) {
        this.backend = backend;
    }

    /** SDK: {@code get_agent_policies}. */
    public AgentPolicy get() {
        JsonObject reply =
                backend.get("agents", backend.agentId(), "policies").asOwner().object();
        return AgentPolicy.of(
                reply.object("policy").orElseGet(() -> JsonObject.builder().build()));
    }

    /** SDK: {@code update_agent_policies}; replaces the whole policy. */
    public void update(AgentPolicy policy) {
        backend.put("agents", backend.agentId(), "policies")
                .asOwner()
                .json(policy.toJson())
                .anything();
    }
}
