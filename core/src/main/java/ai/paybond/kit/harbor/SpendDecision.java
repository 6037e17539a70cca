package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One answer to the question whether a call may be made.
 *
 * @param auditId names the answer
 * @param outcome {@code allow}, {@code approval_required} or {@code deny}
 * @param intentId the intent it was about, as the caller wrote it
 * @param operation the operation it was about
 * @param requestedSpendCents the spend it was about, in cents
 * @param code why not; absent when allowed
 * @param decisionId the reservation made; absent when none was
 * @param toolCallId the call it was about; absent when that was not said
 * @param raw the whole row
 */
public record SpendDecision(
        String auditId,
        String outcome,
        String intentId,
        String operation,
        long requestedSpendCents,
        @Nullable String code,
        @Nullable String decisionId,
        @Nullable String toolCallId,
        JsonObject raw) {
    static SpendDecision of(Reply row) {
        return new SpendDecision(
                row.string("audit_id"),
                row.string("outcome"),
                row.string("intent_id"),
                row.string("operation"),
                row.integer("requested_spend_cents"),
                row.optionalString("code").orElse(null),
                row.optionalString("decision_id").orElse(null),
                row.optionalString("tool_call_id").orElse(null),
                row.json());
    }
}
