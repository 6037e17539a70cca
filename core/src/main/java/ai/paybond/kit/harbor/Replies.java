package ai.paybond.kit.harbor;

import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the replies of Harbor's routes hold. Tenant and intent have been checked before. */
final class Replies {
    private static final String TOKEN = "capability_token";
    private static final String APPROVAL_TOKEN = "approval_token";

    private Replies() {}

    static VerifyResult verdict(Reply reply) {
        return new VerifyResult(
                reply.bool("allow"),
                reply.uuid("audit_id"),
                reply.optionalString("code").orElse(null),
                reply.optionalString("message").orElse(null),
                reply.optionalUuid("decision_id").orElse(null),
                reply.optionalString("approval_request_id").orElse(null),
                reply.strings("reason_codes"),
                reply.optionalInteger("remaining_cents").orElse(null),
                reply.optionalInteger("retry_after").orElse(null),
                reply.json());
    }

    static CreatedIntent created(Reply reply) {
        return new CreatedIntent(
                reply.string("intent_id"),
                reply.string("state"),
                reply.optionalBool("funded").orElse(null),
                token(reply),
                reply.optionalString("settlement_rail").orElse(null),
                reply.optionalString("currency").orElse(null),
                reply.optionalInteger("amount_cents").orElse(null),
                reply.optionalString("deadline").orElse(null),
                withoutToken(reply));
    }

    static FundedIntent funded(Reply reply, HttpReply http) {
        return new FundedIntent(
                fundingStatus(http.status()),
                reply.string("intent_id"),
                reply.string("state"),
                reply.string("settlement_rail"),
                reply.string("currency"),
                reply.integer("amount_cents"),
                reply.bool("funded"),
                token(reply),
                http.status() == 402 ? http.header("payment-required") : null,
                http.status() == 402 ? http.headers("www-authenticate") : List.of(),
                Optional.ofNullable(http.header("payment-receipt")).orElse(http.header("payment-response")),
                http.retryAfter().orElse(null),
                withoutToken(reply));
    }

    private static FundedIntent.Status fundingStatus(int http) {
        return switch (http) {
            case 402 -> FundedIntent.Status.PAYMENT_REQUIRED;
            case 202 -> FundedIntent.Status.PENDING;
            default -> FundedIntent.Status.SETTLED;
        };
    }

    /** @param state the member that holds the intent's state */
    static EvidenceReceipt evidence(Reply reply, String state) {
        return new EvidenceReceipt(
                reply.string("intent_id"),
                reply.string(state),
                reply.optionalBool("predicate_passed").orElse(null),
                reply.optionalString("payload_digest").orElse(null),
                reply.optionalString("artifacts_digest").orElse(null),
                reply.json());
    }

    static SettlementReceipt settlement(Reply reply) {
        return new SettlementReceipt(
                reply.string("intent_id"),
                reply.string("state"),
                reply.optionalString("action").orElse(null),
                reply.optionalString("settlement_mode").orElse(null),
                reply.optionalBool("predicate_passed").orElse(null),
                reply.json());
    }

    static IntentDetail detail(Reply reply) {
        return new IntentDetail(
                reply.string("intent_id"),
                reply.string("state"),
                reply.strings("allowed_tools"),
                reply.optionalInteger("amount_cents").orElse(null),
                reply.optionalString("currency").orElse(null),
                reply.optionalString("payee_did").orElse(null),
                reply.optionalString("deadline").orElse(null),
                reply.json());
    }

    static SpendApproval approval(Reply reply, String requestId) {
        if (!reply.string("approval_request_id").equalsIgnoreCase(requestId)) {
            throw reply.wrongType("approval_request_id", "the one that was asked for");
        }
        return new SpendApproval(
                requestId,
                reply.string("status"),
                reply.string("intent_id"),
                reply.string("operation"),
                reply.integer("requested_spend_cents"),
                reply.optionalString("tool_call_id").orElse(null),
                reply.optionalString("arguments_hash_hex").orElse(null),
                approvalToken(reply),
                reply.optionalString("note").orElse(null),
                reply.json().without(APPROVAL_TOKEN));
    }

    private static @Nullable ApprovalToken approvalToken(Reply reply) {
        try {
            return reply.optionalString(APPROVAL_TOKEN).map(ApprovalToken::of).orElse(null);
        } catch (IllegalArgumentException e) {
            throw reply.wrongType(APPROVAL_TOKEN, "an approval token");
        }
    }

    static @Nullable CapabilityToken token(Reply reply) {
        return reply.optionalString(TOKEN).map(CapabilityToken::of).orElse(null);
    }

    /** A token is a secret and must not be printed along with the rest. */
    static JsonObject withoutToken(Reply reply) {
        return reply.json().without(TOKEN);
    }
}
