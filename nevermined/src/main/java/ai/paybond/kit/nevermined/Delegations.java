package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Creates and lists spending limits. Safe for use by many threads. */
public final class Delegations {
    private final Backend backend;

    Delegations(Backend backend) {
        this.backend = backend;
    }

    /** @throws NeverminedException with the backend's code if it refuses */
    public CreatedDelegation create(DelegationRequest request) {
        JsonObject reply =
                backend.require(BackendRequest.post(request.toJson().toJson(), "api", "v1", "delegation", "create"));
        return new CreatedDelegation(
                Backend.text(reply, "delegationId"),
                reply.string("delegationToken").orElse(null));
    }

    /** The delegations this key may use, as the backend pages them by default. */
    public List<Delegation> list() {
        JsonObject reply =
                backend.require(BackendRequest.get(false, Map.of("accessible", "true"), "api", "v1", "delegation"));
        JsonArray delegations =
                reply.array("delegations").orElseThrow(() -> NeverminedException.malformed("delegations of the reply"));
        return delegations.objectItems().map(Delegation::new).toList();
    }
}
