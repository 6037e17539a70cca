package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a holder has on a plan. Not a proof that a settlement happened: it may lag.
 *
 * @param json the whole object
 */
public record PlanBalance(JsonObject json) {
    /** The plan. */
    public Optional<String> planId() {
        return json.string("planId");
    }

    /** The holder's address. */
    public Optional<String> holderAddress() {
        return json.string("holderAddress");
    }

    /** The credits; empty if the backend did not say, which is not zero. */
    public Optional<BigInteger> balance() {
        return Amounts.read(json, "balance");
    }

    /** Whether the holder subscribes; false if the backend did not say. */
    public boolean isSubscriber() {
        return json.bool("isSubscriber").orElse(false);
    }
}
