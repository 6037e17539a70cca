package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an access token is asked for. Scheme and network are always explicit, because the backend does not detect them here.
 *
 * @param agentId the agent it is for, or null for any
 * @param delegationId the delegation it spends from; create one first
 * @param apiKeyId the key the delegation is bound to, if it is bound to one
 */
public record TokenRequest(
        String planId,
        @Nullable String agentId,
        PaymentScheme scheme,
        String delegationId,
        @Nullable String apiKeyId) {
    /** @throws NeverminedException {@code validation} if an identifier is missing, blank or not one */
    public TokenRequest {
        Identifiers.require(planId, "planId");
        Objects.requireNonNull(scheme, "scheme");
        Identifiers.require(delegationId, "delegationConfig is required: delegationId");
        if (agentId != null) {
            Identifiers.require(agentId, "agentId");
        }
    }

    /** The body of the call. */
    public JsonObject toJson() {
        JsonObject accepted = JsonObject.builder()
                .put("scheme", scheme.name())
                .put("network", scheme.network())
                .put("planId", planId)
                .put(
                        "extra",
                        JsonObject.builder().putIfPresent("agentId", agentId).build())
                .build();
        JsonObject delegation = JsonObject.builder()
                .put("delegationId", delegationId)
                .putIfPresent("apiKeyId", apiKeyId)
                .build();
        return JsonObject.builder()
                .put("accepted", accepted)
                .put("delegationConfig", delegation)
                .build();
    }
}
