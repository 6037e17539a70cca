package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer proposes. With a buyer's wallet and nothing else said it is a bilateral escrow activated by version 2, paid
 * in stablecoin; of a direct payment, see {@link Builder#direct}. Immutable; a signed payment in it is left out when printed.
 */
public final class AgreementRequest {
    private final JsonObject json;
    private final @Nullable String proposalId;

    private AgreementRequest(JsonObject json, @Nullable String proposalId) {
        this.json = json;
        this.proposalId = proposalId;
    }

    /** @param serviceId the service in the catalogue */
    public static Builder builder(String sellerAgentId, String serviceId) {
        return new Builder(sellerAgentId, serviceId);
    }

    JsonObject toJson() {
        return json;
    }

    /** The caller's own name for the proposal, under which repeating it is safe. */
    Optional<String> proposalId() {
        return Optional.ofNullable(proposalId);
    }

    @Override
    public String toString() {
        return "AgreementRequest[seller=" + json.string("seller_agent_id").orElse("") + "]";
    }

    /** Collects a proposal. Not thread-safe. */
    public static final class Builder {
        private final JsonObject.Builder json;
        private boolean hasWallet;
        private boolean hasModel;
        private boolean hasMethod;
        private @Nullable String proposalId;
        private JsonObject metadata = JsonObject.builder().build();

        private Builder(String sellerAgentId, String serviceId) {
            this.json = JsonObject.builder()
                    .put("seller_agent_id", sellerAgentId)
                    .put("service_id", serviceId)
                    .put("quantity", 1);
        }

        /**
         * How much of what, at which price.
         *
         * @param pricePerUnitCents in cents
         */
        public Builder units(long quantity, String unit, long pricePerUnitCents) {
            json.put("quantity", quantity).put("unit", unit).put("price_per_unit_cents", pricePerUnitCents);
            return this;
        }

        /** Who pays, on the chain. */
        public Builder buyerWallet(EvmAddress wallet) {
            json.put("buyer_wallet_address", wallet.checksummed());
            hasWallet = true;
            return this;
        }

        public Builder paymentMethod(PaymentMethod method) {
            json.put("payment_method", method.toJson());
            hasMethod = true;
            return this;
        }

        /** {@code bilateral_escrow} or {@code direct_payment}. */
        public Builder settlementModel(String model) {
            json.put("settlement_model", model);
            hasModel = true;
            return this;
        }

        /** A payment straight to the seller, with the permit that the platform collects its fee by. */
        public Builder direct(DirectPayment payment) {
            settlementModel("direct_payment");
            buyerWallet(payment.buyer());
            json.put("payment_header", payment.paymentHeader())
                    .put("buyer_infra_fee_permit_signature", payment.feePermitSignature())
                    .put(
                            "buyer_infra_fee_permit_deadline",
                            payment.feePermitDeadline().toString());
            return this;
        }

        public Builder description(String description) {
            json.put("service_description", description);
            return this;
        }

        /** How long the seller has to accept; Paegents' default is 24 hours. */
        public Builder expiresIn(Duration time) {
            json.put("expires_in_seconds", time.toSeconds());
            return this;
        }

        /** The caller's own name for the proposal; also its idempotency key. */
        public Builder proposalId(String id) {
            this.proposalId = Objects.requireNonNull(id, "id");
            json.put("client_proposal_id", id);
            return this;
        }

        /** One thing in the cart; any number of them. */
        public Builder cartItem(String description, long quantity, long amountCents) {
            JsonObject item = JsonObject.builder()
                    .put("description", description)
                    .put("quantity", quantity)
                    .put("amount_cents", amountCents)
                    .build();
            JsonArray items = metadata.array("cart_items").orElseGet(() -> JsonArray.of(List.of()));
            List<Object> more = new ArrayList<>(items.items());
            more.add(item);
            return metadata("cart_items", JsonArray.of(more));
        }

        public Builder shippingAddress(JsonObject address) {
            json.put("shipping_address", address);
            return this;
        }

        public Builder metadata(String name, Object value) {
            metadata = metadata.with(name, value);
            json.put("metadata", metadata);
            return this;
        }

        public AgreementRequest build() {
            if (hasWallet && !hasModel) {
                json.put("settlement_model", "bilateral_escrow").put("activation_version", "v2");
            }
            if (hasWallet && !hasMethod) {
                json.put("payment_method", PaymentMethod.escrow().toJson());
            }
            return new AgreementRequest(json.build(), proposalId);
        }
    }
}
