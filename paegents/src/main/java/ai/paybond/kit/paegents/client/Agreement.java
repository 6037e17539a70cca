package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.Optional;

/** A usage agreement as Paegents told it; which members there are depends on where it stands. */
public record Agreement(String id, JsonObject raw) {

    static Agreement of(JsonObject raw) {
        return new Agreement(Members.required(raw, "agreement_id"), raw);
    }

    /** Such as {@code proposed}, {@code accepted} or {@code active}. */
    public String status() {
        return raw.string("status").orElse("unknown");
    }

    /** Whether its service may be used. */
    public boolean isActive() {
        return status().equals("active");
    }

    public Optional<String> buyerAgentId() {
        return raw.string("buyer_agent_id");
    }

    public Optional<String> sellerAgentId() {
        return raw.string("seller_agent_id");
    }

    /** The number of units bought. */
    public Optional<Long> quantity() {
        return Members.integer(raw, "quantity");
    }

    public Optional<String> unit() {
        return raw.string("unit");
    }

    /** The price of one unit, in cents. */
    public Optional<Long> pricePerUnitCents() {
        return Members.integer(raw, "price_per_unit_cents");
    }

    public Optional<Long> totalCents() {
        return Members.integer(raw, "total_cents");
    }

    /** The units used so far; empty if Paegents did not say. */
    public Optional<Long> unitsUsed() {
        return Members.integer(raw, "units_used");
    }

    /** Such as {@code bilateral_escrow}. */
    public Optional<String> settlementModel() {
        return raw.string("settlement_model");
    }

    /** The rail it is paid on. */
    public Optional<String> rail() {
        return raw.object("payment_method").flatMap(method -> method.string("rail"));
    }

    public Optional<String> activationStatus() {
        return raw.string("activation_status");
    }

    /** SDK: {@code get_delivery_info}; at the top or in the metadata. */
    public Optional<JsonObject> deliveryInfo() {
        return anywhere("delivery");
    }

    /** SDK: {@code get_shipping_address}; at the top or in the metadata. */
    public Optional<JsonObject> shippingAddress() {
        return anywhere("shipping_address");
    }

    private Optional<JsonObject> anywhere(String name) {
        return raw.object(name).or(() -> raw.object("metadata").flatMap(metadata -> metadata.object(name)));
    }
}
