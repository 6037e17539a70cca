package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.x402.ExactPayment;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How something is paid. May hold a signed payment, which is worth money: it is left out when printed.
 *
 * @param rail {@code card}, {@code braintree} or {@code stablecoin}
 */
public record PaymentMethod(
        String rail,
        @Nullable String provider,
        @Nullable String paymentReference,
        @Nullable String walletAddress,
        @Nullable String paymentHeader,
        @Nullable JsonObject extra) {

    /** SDK: {@code build_card_payment_method}. */
    public static PaymentMethod card(String provider) {
        return card(provider, null, null);
    }

    /** SDK: {@code build_card_payment_method}, with a reference to a stored card. */
    public static PaymentMethod card(String provider, @Nullable String paymentReference, @Nullable JsonObject extra) {
        return new PaymentMethod("card", provider, paymentReference, null, null, extra);
    }

    /** SDK: {@code build_braintree_payment_method}; the names in {@code extra} are {@code customer_id} and the like. */
    public static PaymentMethod braintree(JsonObject extra) {
        return new PaymentMethod("braintree", "braintree", null, null, null, extra);
    }

    /** SDK: {@code build_stablecoin_payment_method}: a signed payment to its own payee. For AP2, not for escrows. */
    public static PaymentMethod stablecoin(ExactPayment payment) {
        return new PaymentMethod(
                "stablecoin",
                "coinbase",
                null,
                payment.requirements().payTo().checksummed(),
                payment.headerValue(),
                JsonObject.builder()
                        .put("network", payment.requirements().network())
                        .build());
    }

    /** What escrow agreements are paid with. */
    public static PaymentMethod escrow() {
        return new PaymentMethod("stablecoin", "x402", null, null, null, null);
    }

    /** Members that are null are left out. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("rail", rail)
                .putIfPresent("provider", provider)
                .putIfPresent("payment_reference", paymentReference)
                .putIfPresent("wallet_address", walletAddress)
                .putIfPresent("payment_header", paymentHeader)
                .putIfPresent("extra", extra)
                .build();
    }

    /** Rail and provider only. */
    @Override
    public String toString() {
        return "PaymentMethod[rail=" + rail + ", provider=" + provider + "]";
    }
}
