package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Supplier;

/** Registers and reads plans. Safe for use by many threads. */
public final class Plans {
    private final Backend backend;
    private final Supplier<BigInteger> nonces;

    Plans(Backend backend, Supplier<BigInteger> nonces) {
        this.backend = backend;
        this.nonces = nonces;
    }

    /** @return the plan's id */
    public String register(PlanRegistration plan) {
        String body = plan.toJson(nonces.get()).toJson();
        return Backend.text(backend.require(BackendRequest.post(body, "api", "v1", "protocol", "plans")), "planId");
    }

    /** The public description of a plan. */
    public JsonObject get(String planId) {
        return backend.require(BackendRequest.get(
                true, Map.of(), "api", "v1", "protocol", "plans", Identifiers.require(planId, "planId")));
    }

    /** What the holder has on the plan. */
    public PlanBalance balance(String planId, String holderAddress) {
        return new PlanBalance(backend.require(BackendRequest.get(
                true,
                Map.of(),
                "api",
                "v1",
                "protocol",
                "plans",
                Identifiers.require(planId, "planId"),
                "balance",
                Identifiers.require(holderAddress, "holderAddress"))));
    }
}
