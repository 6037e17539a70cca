package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * Money held for an allowed call.
 *
 * @param decisionId names it, as {@link VerifyResult#decisionId()} gave it
 * @param intentId the intent that it is held from
 * @param operation the operation that it is held for
 * @param amountCents how much, in cents
 * @param status such as {@code reserved}, {@code consumed}, {@code released} and {@code expired}
 * @param expiresAt until when it is held, RFC 3339
 * @param raw the whole row
 */
public record SpendReservation(
        String decisionId,
        String intentId,
        String operation,
        long amountCents,
        String status,
        String expiresAt,
        JsonObject raw) {
    static SpendReservation of(Reply row) {
        return new SpendReservation(
                row.string("decision_id"),
                row.string("intent_id"),
                row.string("operation"),
                row.integer("amount_cents"),
                row.string("status"),
                row.string("expires_at"),
                row.json());
    }
}
