package ai.paybond.kit.harbor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to fund an intent. {@link #toString()} hides the payment. Whoever wants the whole exchange done, and challenges
 * held against what was agreed, uses {@link ai.paybond.kit.funding.Funding}.
 *
 * @param intentId the intent's UUID
 * @param paymentSignature what proves the payment asked for by an earlier {@link FundedIntent#paymentChallenge()}; default
 *     none
 * @param paymentAuthorization a credential of the Payment scheme, with or without the scheme's name; default none
 * @param idempotencyKey the key under which repeats count once; default: drawn by the client
 */
public record FundRequest(
        String intentId,
        @Nullable String paymentSignature,
        @Nullable String paymentAuthorization,
        @Nullable String idempotencyKey) {
    public FundRequest {
        Objects.requireNonNull(intentId, "intentId");
    }

    /** The first request for an intent, without a payment. */
    public static FundRequest of(String intentId) {
        return new FundRequest(intentId, null, null, null);
    }

    /** The same request with a payment by x402. */
    public FundRequest withPaymentSignature(String signature) {
        return new FundRequest(intentId, signature, null, idempotencyKey);
    }

    /** The same request with a payment by the Payment scheme. */
    public FundRequest withPaymentAuthorization(String credential) {
        return new FundRequest(intentId, null, credential, idempotencyKey);
    }

    /** The same request under a key of the caller's. */
    public FundRequest withIdempotencyKey(String key) {
        return new FundRequest(intentId, paymentSignature, paymentAuthorization, key);
    }

    @Override
    public String toString() {
        boolean paid = paymentSignature != null || paymentAuthorization != null;
        return "FundRequest[intentId=" + intentId + ", paid=" + paid + "]";
    }
}
