package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * An agent to register.
 *
 * @param metadata {@code name} and what else describes it
 * @param api {@code endpoints} and what else says how it is called; may hold a secret, so {@link #toString()} is redacted
 */
public record AgentRegistration(JsonObject metadata, JsonObject api) {
    /** An endpoint: method and URL, the URL with {@code :name} for a segment and {@code *name} for several. */
    public record Endpoint(String verb, String url) {}

    /** An agent with these paid endpoints. */
    public static AgentRegistration named(String name, List<Endpoint> endpoints) {
        List<Map<String, String>> written = endpoints.stream()
                .map(endpoint -> Map.of(endpoint.verb(), endpoint.url()))
                .toList();
        return new AgentRegistration(
                JsonObject.builder().put("name", name).build(),
                JsonObject.builder().put("endpoints", written).build());
    }

    /** The body of the call, for these plans. */
    public JsonObject toJson(List<String> planIds) {
        return JsonObject.builder().putAll(described()).put("plans", planIds).build();
    }

    /** The body of the call that registers a plan along with the agent. */
    public JsonObject toJson(PlanRegistration plan) {
        return JsonObject.builder()
                .put("plan", plan.toJsonWithAgent())
                .put("agent", described())
                .build();
    }

    JsonObject described() {
        return JsonObject.builder()
                .put("metadataAttributes", metadata)
                .put("agentApiAttributes", api)
                .build();
    }

    @Override
    public String toString() {
        return "AgentRegistration[metadata=" + metadata + "]";
    }
}
