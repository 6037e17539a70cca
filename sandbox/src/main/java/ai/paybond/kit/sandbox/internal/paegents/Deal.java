package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One usage agreement and its escrow. Touched under the service's lock only. */
final class Deal {
    final String id;
    final String buyer;
    final String seller;
    final JsonObject request;
    final long quantity;
    final long priceCents;
    final Instant createdAt;
    final Instant expiresAt;

    String status = "proposed";
    String activationStatus = "none";

    @Nullable String txHash;

    @Nullable Instant submittedAt;

    @Nullable JsonObject escrowPackage;

    @Nullable BigInteger feePaid;

    @Nullable String receiptId;

    long unitsUsed;
    boolean disputed;

    @Nullable Instant closingSince;

    BigInteger released = BigInteger.ZERO;
    boolean withdrawn;
    long settlementNonce;
    JsonObject delivery = JsonObject.builder().build();
    JsonObject rejection = JsonObject.builder().build();

    Deal(
            String id,
            String buyer,
            JsonObject request,
            long quantity,
            long priceCents,
            Instant createdAt,
            Instant expiresAt) {
        this.id = id;
        this.buyer = buyer;
        this.seller = request.string("seller_agent_id").orElse("");
        this.request = request;
        this.quantity = quantity;
        this.priceCents = priceCents;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    boolean isDirect() {
        return request.string("settlement_model").orElse("").equals("direct_payment");
    }

    long totalCents() {
        return Math.multiplyExact(quantity, priceCents);
    }

    String wallet() {
        return Evm.address(request.string("buyer_wallet_address").orElse(""));
    }

    void require(String expected) {
        Refusal.unless(
                status.equals(expected),
                409,
                status.equals("expired") ? "invalid_state:expired" : "invalid_state:not_" + expected,
                "The agreement is " + status + ".");
    }

    boolean concerns(String agent) {
        return buyer.equals(agent) || seller.equals(agent);
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("agreement_id", id)
                .put("buyer_agent_id", buyer)
                .put("seller_agent_id", seller)
                .put("quantity", quantity)
                .put("unit", request.string("unit").orElse("unit"))
                .put("price_per_unit_cents", priceCents)
                .put("total_cents", totalCents())
                .put("status", status)
                .put("settlement_model", request.string("settlement_model").orElse("bilateral_escrow"))
                .putIfPresent("payment_method", request.get("payment_method"))
                .putIfPresent("metadata", request.get("metadata"))
                .putIfPresent("shipping_address", request.get("shipping_address"))
                .put("activation_status", activationStatus)
                .putIfPresent("activation_tx_hash", txHash)
                .put("units_used", unitsUsed)
                .put("created_at", createdAt.toString())
                .put("expires_at", expiresAt.toString())
                .putIfPresent("buyer_receipt_id", receiptId)
                .put("delivery", delivery)
                .put("rejection", rejection)
                .put("disputed", disputed)
                .build();
    }

    static JsonArray list(List<Deal> deals) {
        return JsonArray.of(deals.stream().map(Deal::json).toList());
    }
}
