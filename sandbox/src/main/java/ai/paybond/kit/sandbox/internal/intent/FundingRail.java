package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.wire.commerce.Payments;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/** How each settlement rail is funded in the simulation. */
enum FundingRail {
    /** Held when the intent is created. */
    STRIPE_CONNECT("stripe_connect"),
    /** A mandate that is confirmed by polling. */
    STRIPE_ACH_DEBIT("stripe_ach_debit"),
    ADYEN_MANUAL_CAPTURE("adyen_manual_capture"),
    /** A challenge, then a payment authorization. */
    STRIPE_MPP("stripe_mpp"),
    X402_USDC_BASE("x402_usdc_base");

    private final String text;

    FundingRail(String text) {
        this.text = text;
    }

    static FundingRail of(IntentRow intent) {
        return of(intent.settlementRail());
    }

    static FundingRail of(String text) {
        for (FundingRail rail : values()) {
            if (rail.text.equals(text)) {
                return rail;
            }
        }
        throw new IllegalArgumentException("no such rail");
    }

    boolean fundsAtCreation() {
        return this == STRIPE_CONNECT;
    }

    /** What the payer must show; empty when it shows nothing. */
    Optional<String> payment(Request request) {
        return switch (this) {
            case X402_USDC_BASE -> request.header("payment-signature");
            case STRIPE_MPP ->
                request.header("x-paybond-payment-authorization").or(() -> paymentAuthorization(request));
            default -> Optional.of(text);
        };
    }

    private static Optional<String> paymentAuthorization(Request request) {
        return request.headers("authorization").stream()
                .filter(value -> value.regionMatches(true, 0, "Payment ", 0, 8))
                .findFirst();
    }

    JsonObject describe(IntentRow intent, String id) {
        JsonObject.Builder funding = JsonObject.builder()
                .put("settlement_rail", text)
                .put("harbor_fund_endpoint", endpoint(id))
                .put("status", intent.fundingStatus());
        if (this == X402_USDC_BASE) {
            funding.put("asset", "usdc").put("network", "base").put("target_address", PaymentTerms.RECEIVER);
        }
        if (this == STRIPE_MPP) {
            funding.put(
                    "deposit_amount_base_units",
                    Payments.usdcBaseUnits(intent.amountCents()).toString());
        }
        return funding.build();
    }

    /** The funding status of a payment that is not for what was asked. */
    String rejection() {
        return this == STRIPE_MPP ? "credential_rejected" : "authorization_failed";
    }

    static String endpoint(String id) {
        return "/harbor/intents/" + id + "/fund";
    }
}
