package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be charged.
 *
 * @param maxAmount credits at most, or null to leave it to the plan; plans with a fixed price ignore it
 * @param agentRequestId as the verify call gave it
 * @param batch whether to redeem later, together with others; null is the backend's default
 * @param marginPercent 0 to 10, instead of {@code maxAmount} when a request id is given; the backend checks that
 */
public record SettleRequest(
        PaymentRequired paymentRequired,
        X402AccessToken token,
        @Nullable BigInteger maxAmount,
        @Nullable String agentRequestId,
        @Nullable Boolean batch,
        @Nullable Integer marginPercent) {
    public SettleRequest {
        Objects.requireNonNull(paymentRequired, "paymentRequired");
        Objects.requireNonNull(token, "token");
    }

    /** Charges for a verified call. */
    public static SettleRequest of(
            PaymentRequired paymentRequired,
            X402AccessToken token,
            @Nullable BigInteger maxAmount,
            Verification.Valid verified) {
        return new SettleRequest(
                paymentRequired, token, maxAmount, verified.agentRequestId().orElse(null), null, null);
    }

    /**
     * The body of the call. Holds the token: never log it.
     *
     * @throws NeverminedException {@code validation} if the amount is negative or beyond 256 bits
     */
    public JsonObject toJson() {
        return VerifyRequest.common(paymentRequired, token, maxAmount)
                .putIfPresent("agentRequestId", agentRequestId)
                .putIfPresent("batch", batch)
                .putIfPresent("marginPercent", marginPercent)
                .build();
    }
}
