package ai.paybond.kit.approval;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call that waits for a person, with everything that the person approves.
 *
 * @param requestId what the approval is called where it was asked for; null when the authority gave it no name
 * @param tenantId the tenant realm
 * @param intentId the intent that pays
 * @param callId the tool call's id
 * @param toolName the tool as the host names it
 * @param operation the operation that the capability grants
 * @param spendCents what the call would cost, in cents
 * @param currency of the spend, ISO 4217 in lower case
 * @param arguments exactly what the tool would be called with
 * @param argumentsDigestHex BLAKE3 over the canonical form of the arguments, 64 hex digits
 * @param reasonCode why a person is asked, such as {@code approval_required}
 * @param heldAt since when the call waits
 * @param expiresAt from when on no answer counts any more
 */
public record ApprovalRequest(
        @Nullable String requestId,
        String tenantId,
        String intentId,
        String callId,
        String toolName,
        String operation,
        long spendCents,
        String currency,
        JsonObject arguments,
        String argumentsDigestHex,
        String reasonCode,
        Instant heldAt,
        Instant expiresAt) {

    public ApprovalRequest {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(argumentsDigestHex, "argumentsDigestHex");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Leaves the arguments out, and is one line whatever the model wrote. */
    @Override
    public String toString() {
        return "ApprovalRequest[callId=" + new JsonString(callId).toJson() + ", toolName=" + toolName + ", spendCents="
                + spendCents + " " + currency + ", argumentsDigestHex=" + argumentsDigestHex + "]";
    }
}
