package ai.paybond.kit.sandbox.internal.receipt;

import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.VerificationRow;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The members of an agent receipt, put together from what the sandbox has seen. */
record ReceiptText(
        IntentRow intent, VerificationRow call, String subject, String reservation, long ledgerSeq, Instant now) {
    private static final String NOTHING = Digest32.sha256(new byte[0]).hex();
    private static final String UNSTATED = "unstated";

    JsonObject action(SignedEvidence evidence, JsonArray attestations, String runId) {
        String toolCallId = Objects.requireNonNull(call.toolCallId());
        return head(
                        "action",
                        ReceiptHashes.actionReceiptId(intent.intentId(), toolCallId.strip())
                                .hex())
                .put("authorization", authorization())
                .put("execution", execution(toolCallId, runId))
                .put("merchant", merchant())
                .put("evidence", evidence(evidence))
                .put("payment", payment())
                .put("outcome", outcome().build())
                .put("references", references(false))
                .put("external_attestations", attestations.items().isEmpty() ? null : attestations)
                .build();
    }

    JsonObject terminal(boolean settled) {
        return head("intent_terminal", intent.intentId())
                .put("authorization", authorization())
                .put("merchant", merchant())
                .put("payment", payment())
                .put(
                        "outcome",
                        outcome().put("settlement_outcome", settlementOutcome()).build())
                .put("references", references(settled))
                .put("external_attestations", null)
                .build();
    }

    byte[] intentIdBytes() {
        return intent.intentId().getBytes(StandardCharsets.UTF_8);
    }

    static String seconds(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS));
    }

    private JsonObject.Builder head(String scope, String receiptId) {
        return JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", AgentReceipt.KIND)
                .put("receipt_version", "1")
                .put("scope", scope)
                .put("receipt_id", receiptId)
                .put("issued_at", seconds(now))
                .put("tenant_id", intent.tenantId());
    }

    private JsonObject authorization() {
        return JsonObject.builder()
                .put("principal_did", intent.principalDid())
                .put("actor_subject", stated("agent_subject", subject))
                .put("agent", agent())
                .put("decision_id", (call.decisionId() == null ? call.auditId() : call.decisionId()).toString())
                .put("audit_id", call.auditId().toString())
                .put("policy", policy())
                .put("authorized_at", seconds(call.at()))
                .put("requested_spend_cents", call.spendCents())
                .put("currency", intent.currency())
                .build();
    }

    private JsonObject agent() {
        return JsonObject.builder()
                .put("operator_did", intent.payeeDid())
                .put("model_family", stated("model_family", UNSTATED))
                .put("config_hash_sha256_hex", stated("config_hash_hex", NOTHING))
                .put("prompt_hash_sha256_hex", stated("prompt_hash_hex", NOTHING))
                .build();
    }

    private JsonObject policy() {
        return JsonObject.builder()
                .put("template_id", "predicate")
                .put(
                        "content_digest_sha256_hex",
                        Digest32.sha256(utf8(intent.predicate())).hex())
                .build();
    }

    private JsonObject execution(String toolCallId, String runId) {
        return JsonObject.builder()
                .put("run_id", runId)
                .put("tool_call_id", toolCallId)
                .put("tool_name", stated("tool_name", call.operation()))
                .put("operation", call.operation())
                .put("arguments_digest_sha256_hex", stated("arguments_sha256_hex", NOTHING))
                .put("outcome", "executed")
                .put("started_at", seconds(call.at()))
                .put("completed_at", seconds(now))
                .build();
    }

    private JsonObject merchant() {
        return JsonObject.builder()
                .put("payee_did", intent.payeeDid())
                .putIfPresent("vendor_id", context().get("vendor_id"))
                .build();
    }

    private JsonObject evidence(SignedEvidence evidence) {
        JsonObject body = evidence.body();
        return JsonObject.builder()
                .put("completion_preset_id", UNSTATED)
                .put(
                        "payload_digest_sha256_hex",
                        ReceiptHashes.value(evidence.statement().payload()).hex())
                .put("predicate_passed", Boolean.TRUE.equals(intent.predicatePassed()))
                .put("payee_did", intent.payeeDid())
                .put(
                        "payee_signature_digest_sha256_hex",
                        Digest32.sha256(utf8(body.string("payee_signature").orElse("")))
                                .hex())
                .build();
    }

    private JsonObject payment() {
        return JsonObject.builder()
                .put("intent_id", intent.intentId())
                .put("settlement_rail", intent.settlementRail())
                .build();
    }

    private JsonObject.Builder outcome() {
        return JsonObject.builder()
                .put("harbor_state", intent.state())
                .put("spend_reservation_outcome", reservation)
                .putIfPresent("predicate_passed", intent.predicatePassed());
    }

    private String settlementOutcome() {
        return switch (intent.state()) {
            case "released", "resolved_split" -> "SETTLED";
            case "refunded" -> "REVERSED";
            default -> "PENDING_FINALITY";
        };
    }

    private JsonObject references(boolean settled) {
        return JsonObject.builder()
                .put("intent_id", intent.intentId())
                .put("ledger_seq", ledgerSeq)
                .put("settlement_receipt_id", settled ? intent.intentId() : null)
                .build();
    }

    private JsonObject context() {
        return JsonObject.parse(call.context());
    }

    private String stated(String name, String otherwise) {
        @Nullable String text = context().string(name).orElse(null);
        return text == null || text.isBlank() ? otherwise : text.toLowerCase(Locale.ROOT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
