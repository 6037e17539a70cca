package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be verified.
 *
 * @param maxAmount credits the call may cost at most, or null to leave it to the plan
 */
public record VerifyRequest(
        PaymentRequired paymentRequired,
        X402AccessToken token,
        @Nullable BigInteger maxAmount) {
    public VerifyRequest {
        Objects.requireNonNull(paymentRequired, "paymentRequired");
        Objects.requireNonNull(token, "token");
    }

    /**
     * The body of the call. Holds the token: never log it.
     *
     * @throws NeverminedException {@code validation} if the amount is negative or beyond 256 bits
     */
    public JsonObject toJson() {
        return common(paymentRequired, token, maxAmount).build();
    }

    static JsonObject.Builder common(
            PaymentRequired paymentRequired, X402AccessToken token, @Nullable BigInteger maxAmount) {
        return JsonObject.builder()
                .put("paymentRequired", paymentRequired.toJson())
                .put("x402AccessToken", token.expose())
                .putIfPresent("maxAmount", Amounts.textOrNull(maxAmount, "maxAmount"));
    }
}
