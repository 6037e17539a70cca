package ai.paybond.kit.harbor;

import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a spend that waits for a person stands at the Gateway.
 *
 * @param requestId the approval's UUID
 * @param status {@code pending}, {@code approved}, {@code rejected}, {@code expired} or {@code used}
 * @param intentId the intent that would pay
 * @param operation what was asked for
 * @param requestedSpendCents what it would cost, in cents
 * @param toolCallId the tool call that asked, if it named itself
 * @param argumentsHashHex BLAKE3 of its canonical arguments, if it disclosed them
 * @param token what the approved call brings along, once; only while {@code approved}
 * @param note what the person said about it. Untrusted text
 * @param raw the whole reply without the token
 */
public record SpendApproval(
        String requestId,
        String status,
        String intentId,
        String operation,
        long requestedSpendCents,
        @Nullable String toolCallId,
        @Nullable String argumentsHashHex,
        @Nullable ApprovalToken token,
        @Nullable String note,
        JsonObject raw) {}
