package ai.paybond.kit.harbor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to fund an intent. {@link #toString()} hides the payment signature.
 *
 * @param intentId the intent's UUID
 * @param paymentSignature what proves the payment asked for by an earlier {@link FundedIntent#paymentChallenge()}; default
 *     none
 * @param idempotencyKey the key under which repeats count once; default: drawn by the client
 */
public record FundRequest(
        String intentId,
        @Nullable String paymentSignature,
        @Nullable String idempotencyKey) {
    public FundRequest {
        Objects.requireNonNull(intentId, "intentId");
    }

    /** The first request for an intent, without a payment. */
    public static FundRequest of(String intentId) {
        return new FundRequest(intentId, null, null);
    }

    /** The same request with a payment. */
    public FundRequest withPaymentSignature(String signature) {
        return new FundRequest(intentId, signature, idempotencyKey);
    }

    /** The same request under a key of the caller's. */
    public FundRequest withIdempotencyKey(String key) {
        return new FundRequest(intentId, paymentSignature, key);
    }

    @Override
    public String toString() {
        return "FundRequest[intentId=" + intentId + ", paid=" + (paymentSignature != null) + "]";
    }
}
