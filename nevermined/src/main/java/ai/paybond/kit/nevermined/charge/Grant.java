package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.X402AccessToken;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leave to charge for one request: what a verify call was answered with. Holds the payer's token, so {@link #toString()} leaves it out.
 *
 * @param requestId names the request in the journal: the backend's id, or one drawn here when it gave none
 * @param maxCredits what was reserved; no more than that is charged
 * @param agentRequestId the backend's id, to be handed to settle
 * @param planId the plan that pays
 * @param payer who pays, as the backend says; null if it did not say
 */
public record Grant(
        String requestId,
        PaymentRequired required,
        X402AccessToken token,
        BigInteger maxCredits,
        @Nullable String agentRequestId,
        String planId,
        @Nullable String payer) {
    public Grant {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(required, "required");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(maxCredits, "maxCredits");
        Objects.requireNonNull(planId, "planId");
    }

    @Override
    public String toString() {
        return "Grant[" + requestId + ", plan " + planId + ", up to " + maxCredits + " credits]";
    }
}
