package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Payments as the SDKs before 2.9 made them; whether Paegents still serves these routes is not known. Prefer
 * {@link Mandates}. Thread-safe.
 */
public final class LegacyPayments {
    private final Backend backend;

    LegacyPayments(Backend backend) {
        this.backend = backend;
    }

    /**
     * A payment to a supplier.
     *
     * @param supplier the supplier's domain
     * @param amountCents in cents
     * @param transactionId the caller's own, or null to have one drawn
     */
    public record SupplierPayment(
            String supplier,
            long amountCents,
            String currency,
            String description,
            String ownerEmail,
            @Nullable String transactionId) {}

    /** SDK: {@code pay_supplier}. The route wants the API key in the body as well. */
    public JsonObject paySupplier(SupplierPayment payment) {
        String drawn =
                "agt_txn_" + backend.freshId().toString().replace("-", "").substring(0, 12);
        JsonObject body = JsonObject.builder()
                .put("msg", "PayRequest")
                .put("version", "1.0")
                .put("txn_id", payment.transactionId() == null ? drawn : payment.transactionId())
                .put("supplier", payment.supplier())
                .put("amount", payment.amountCents())
                .put("currency", payment.currency())
                .put("description", payment.description())
                .put("api_key", backend.options().apiKey.expose())
                .put("agent_owner_email", payment.ownerEmail())
                .put("agent_id", backend.agentId())
                .build();
        return backend.post("a2a", "pay").json(body).object();
    }

    /** SDK: {@code check_a2a_status}. */
    public JsonObject status(String transactionId) {
        JsonObject body = JsonObject.builder()
                .put("msg", "StatusQuery")
                .put("txn_id", transactionId)
                .build();
        return backend.post("a2a", "status").json(body).object();
    }

    /** SDK: {@code create_a2a_payment}. */
    public JsonObject payAgent(String recipientId, long amountCents, String currency, @Nullable String memo) {
        JsonObject body = JsonObject.builder()
                .put("recipient_id", recipientId)
                .put("amount", amountCents)
                .put("currency", currency)
                .putIfPresent("memo", memo)
                .build();
        return backend.post("a2a", "payment").json(body).object();
    }

    /**
     * SDK: {@code create_payment}.
     *
     * @param payment {@code amount, currency, description, payment_method} and one way of naming the recipient
     */
    public JsonObject create(JsonObject payment) {
        return backend.post("mcp", "payments")
                .json(payment.with("agent_id", backend.agentId()))
                .object();
    }

    /** SDK: {@code search_recipients}. */
    public JsonObject searchRecipients(String query, String paymentMethod) {
        return backend.post("mcp", "search-recipients")
                .query("query", query)
                .query("payment_method", paymentMethod)
                .object();
    }
}
