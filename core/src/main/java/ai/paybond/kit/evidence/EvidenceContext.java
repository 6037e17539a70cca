package ai.paybond.kit.evidence;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which call a piece of evidence belongs to.
 *
 * @param tenantId the tenant realm
 * @param intentId the intent that pays for the call
 * @param callId the tool call's id, as given by the host or drawn by the guard
 * @param toolName the tool as the host names it
 * @param operation the operation that the capability grants
 * @param spendCents what was authorized, in cents
 * @param decisionId the authority's spend decision, if it made one
 * @param idempotencyKey the one key under which this evidence is delivered; printable ASCII, at most 200 characters
 */
public record EvidenceContext(
        String tenantId,
        String intentId,
        String callId,
        String toolName,
        String operation,
        long spendCents,
        @Nullable String decisionId,
        String idempotencyKey) {

    public EvidenceContext {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(toolName, "toolName");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }
}
