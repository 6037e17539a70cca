package ai.paybond.kit.protocol;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * What the Gateway thinks of a receipt.
 *
 * @param valid whether it is whole and signed by a key of the Gateway's
 * @param receiptId which receipt
 * @param kind what kind of receipt
 * @param tenantId the tenant that it belongs to, which need not be the session's
 * @param raw the whole reply
 */
public record ReceiptVerdict(boolean valid, String receiptId, String kind, String tenantId, JsonObject raw) {
    static ReceiptVerdict of(Reply reply) {
        return new ReceiptVerdict(
                reply.bool("valid"),
                reply.string("receipt_id"),
                reply.string("kind"),
                reply.string("tenant_id"),
                reply.json());
    }
}
