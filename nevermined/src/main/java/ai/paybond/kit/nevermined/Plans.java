package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
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

    /** The plans of this key's owner. */
    public Page list(PageQuery query) {
        return Page.read(
                backend.require(BackendRequest.get(false, query.own(), "api", "v1", "protocol", "plans")), "plans");
    }

    /** The agents that this plan opens. */
    public Page agents(String planId, PageQuery query) {
        String id = Identifiers.require(planId, "planId");
        return Page.read(
                backend.require(
                        BackendRequest.get(true, query.linked(), "api", "v1", "protocol", "plans", id, "agents")),
                "agents");
    }

    /** Buys the plan once for this key's account, paying on the plan's own rail. Sent once; a repetition buys again. */
    public TransactionReply order(String planId) {
        String id = Identifiers.require(planId, "planId");
        return new TransactionReply(
                backend.require(BackendRequest.post("{}", "api", "v1", "protocol", "plans", id, "order")));
    }

    /**
     * Gives credits of one's own plan to someone. Sent once; a repetition gives them again.
     *
     * @throws NeverminedException {@code validation} if the amount is negative or beyond 256 bits
     */
    public TransactionReply mint(String planId, BigInteger credits, String receiver) {
        String body = minting(planId, credits, receiver).build().toJson();
        return new TransactionReply(
                backend.require(BackendRequest.post(body, "api", "v1", "protocol", "plans", "mint")));
    }

    /** As {@link #mint}, for credits that last for this long, in whole seconds. */
    public TransactionReply mintExpirable(String planId, BigInteger credits, String receiver, Duration lasting) {
        String body = minting(planId, credits, receiver)
                .put("creditsDuration", Long.toString(lasting.toSeconds()))
                .build()
                .toJson();
        return new TransactionReply(
                backend.require(BackendRequest.post(body, "api", "v1", "protocol", "plans", "mintExpirable")));
    }

    private static JsonObject.Builder minting(String planId, BigInteger credits, String receiver) {
        return JsonObject.builder()
                .put("planId", Identifiers.require(planId, "planId"))
                .put("amount", Amounts.text(credits, "amount"))
                .put("creditsReceiver", Identifiers.require(receiver, "receiver"));
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
