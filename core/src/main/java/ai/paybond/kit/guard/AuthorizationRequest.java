package ai.paybond.kit.guard;

import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an authority is asked before a side-effecting tool runs.
 *
 * @param tenantId the tenant realm
 * @param intentId the intent that pays
 * @param token the capability; a secret
 * @param operation the operation that the capability must grant
 * @param spendCents what is to be reserved, in cents
 * @param currency of the spend, ISO 4217 in lower case
 * @param callId the tool call's id
 * @param toolName the tool as the host names it
 * @param arguments what was checked; for authorities that bind a decision to them
 * @param agent on whose behalf the call is made
 * @param approvalToken what an approver brought after the authority asked for an approval; a secret, and null before
 * @param idempotencyKey 64 hex digits; equal for equal requests, so that a repetition cannot reserve twice
 * @param holderProof makes a holder's proof for one attempt to ask, a new one each time if the guard has the key; null when
 *     the capability names no holder, or there is none to show. Throws when the key is out of reach
 */
public record AuthorizationRequest(
        String tenantId,
        String intentId,
        CapabilityToken token,
        String operation,
        long spendCents,
        String currency,
        String callId,
        String toolName,
        JsonObject arguments,
        AgentContext agent,
        @Nullable ApprovalToken approvalToken,
        String idempotencyKey,
        @Nullable Supplier<HolderProof> holderProof) {

    public AuthorizationRequest {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }

    /** A request without a holder's proof. */
    public AuthorizationRequest(
            String tenantId,
            String intentId,
            CapabilityToken token,
            String operation,
            long spendCents,
            String currency,
            String callId,
            String toolName,
            JsonObject arguments,
            AgentContext agent,
            @Nullable ApprovalToken approvalToken,
            String idempotencyKey) {
        this(
                tenantId,
                intentId,
                token,
                operation,
                spendCents,
                currency,
                callId,
                toolName,
                arguments,
                agent,
                approvalToken,
                idempotencyKey,
                null);
    }

    /** SHA-256 over the canonical arguments, as hex: what a holder signs. */
    public String argumentsSha256Hex() {
        return Digest32.sha256(CanonicalJson.strictBytes(arguments)).hex();
    }

    /** BLAKE3 over the canonical arguments, as hex: what an approval is bound to. */
    public String argumentsDigestHex() {
        return Digest32.ofCanonical(arguments).hex();
    }

    /** Leaves tokens and arguments out, and is one line whatever the model wrote. */
    @Override
    public String toString() {
        return "AuthorizationRequest[intentId=" + intentId + ", operation=" + operation + ", spendCents=" + spendCents
                + " " + currency + ", callId=" + new JsonString(callId).toJson() + ", toolName=" + toolName + "]";
    }
}
