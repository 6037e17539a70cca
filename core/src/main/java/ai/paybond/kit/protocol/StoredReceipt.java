package ai.paybond.kit.protocol;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * A receipt as the Gateway keeps it. Its signature has not been looked at: hand {@link #signed()} to
 * {@link ai.paybond.kit.wire.receipt.AgentReceipt#verify} or {@link ai.paybond.kit.wire.receipt.SettlementReceipt#verify}
 * with the keys you trust.
 *
 * @param receiptId its id
 * @param tenantId the tenant that it belongs to
 * @param kind what kind of receipt
 * @param signed the whole receipt, as it was signed
 */
public record StoredReceipt(String receiptId, String tenantId, String kind, JsonObject signed) {
    static StoredReceipt of(Reply reply) {
        return new StoredReceipt(
                reply.string("receipt_id"), reply.string("tenant_id"), reply.string("kind"), reply.json());
    }
}
