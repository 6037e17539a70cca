package ai.paybond.kit.harbor;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the funding of an intent stands. Funding may take several calls: a payment challenge first, then a pending
 * authorization, then money.
 *
 * @param status the step reached
 * @param intentId the intent's UUID
 * @param state the intent's state, in the server's words
 * @param settlementRail the rail that pays
 * @param currency lower-case currency code
 * @param amountCents the intent's amount, in cents
 * @param funded whether money stands behind the intent
 * @param capabilityToken the payee's capability; absent until the intent is funded
 * @param paymentChallenge what has to be paid and how, as the server's {@code payment-required} header says it; only when
 *     payment is required
 * @param authenticateChallenges the {@code www-authenticate} lines, in which the Payment scheme says the same; only when
 *     payment is required
 * @param paymentReceipt the {@code payment-receipt} or {@code payment-response} header as received; not verified
 * @param retryAfter how long the server asks to wait before the next call
 * @param raw the reply without the token, members unknown to this kit included
 */
public record FundedIntent(
        Status status,
        String intentId,
        String state,
        String settlementRail,
        String currency,
        long amountCents,
        boolean funded,
        @Nullable CapabilityToken capabilityToken,
        @Nullable String paymentChallenge,
        List<String> authenticateChallenges,
        @Nullable String paymentReceipt,
        @Nullable Duration retryAfter,
        JsonObject raw) {

    public FundedIntent {
        authenticateChallenges = List.copyOf(authenticateChallenges);
    }

    /** The steps of funding. */
    public enum Status {
        /** The caller has to pay and ask again with a payment signature. */
        PAYMENT_REQUIRED,
        /** The rail is still working on it; ask again later. */
        PENDING,
        /** The rail has answered. */
        SETTLED
    }

    /** Leaves out the rail's own members, among which may be secrets of a payment provider. */
    @Override
    public String toString() {
        return "FundedIntent[status=" + status + ", intentId=" + intentId + ", state=" + state + ", settlementRail="
                + settlementRail + ", amountCents=" + amountCents + " " + currency + ", funded=" + funded + "]";
    }
}
