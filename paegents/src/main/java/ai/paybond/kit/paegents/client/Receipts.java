package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Receipts, and what a direct payment takes. Thread-safe. */
public final class Receipts {
    private final Backend backend;

    Receipts(Backend backend) {
        this.backend = backend;
    }

    /** Paegents' word on a receipt. */
    public record ReceiptVerification(boolean valid, JsonObject raw) {
        public Optional<JsonObject> receipt() {
            return raw.object("receipt");
        }
    }

    /** What a direct payment takes. Only the total's name is documented; the others are those seen. */
    public record PaymentRequirements(JsonObject raw) {
        public Optional<Long> totalRequiredCents() {
            return Members.integer(raw, "total_required_cents");
        }

        /** The platform's fee in USDC's smallest unit. */
        public Optional<BigInteger> infraFeeAtomic() {
            return Members.whole(raw, "infra_fee_amount_atomic");
        }

        /** Who collects the fee. */
        public Optional<EvmAddress> gasWallet() {
            try {
                return raw.string("gas_wallet_address").map(EvmAddress::parse);
            } catch (WireException e) {
                return Optional.empty();
            }
        }

        public Optional<Long> chainId() {
            return Members.integer(raw, "chain_id");
        }
    }

    /** SDK: {@code verify_receipt}. */
    public ReceiptVerification verify(String receiptId) {
        JsonObject reply = backend.get("receipts", "verify", receiptId).object();
        return new ReceiptVerification(reply.bool("valid").orElse(false), reply);
    }

    /** The agent's receipts. */
    public List<JsonObject> list(int limit) {
        JsonObject reply = backend.get("receipts")
                .query("agent_id", backend.agentId())
                .query("limit", limit)
                .object();
        return Members.objects(reply, "receipts", receipt -> receipt);
    }

    /**
     * What a payment takes.
     *
     * @param rail such as {@code stablecoin}
     */
    public PaymentRequirements requirements(long amountCents, String rail) {
        return new PaymentRequirements(backend.get("payment-requirements")
                .query("amount_cents", amountCents)
                .query("rail", rail)
                .object());
    }
}
