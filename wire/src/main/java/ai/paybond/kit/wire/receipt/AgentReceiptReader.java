package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings an agent receipt into normal form, checking as it goes. Wire format, section 11.2. */
final class AgentReceiptReader {
    private static final Set<String> SCOPES = Set.of(AgentReceipt.ACTION, AgentReceipt.TERMINAL);
    private static final Set<String> EXECUTION_OUTCOMES = Set.of("executed", "denied", "skipped", "failed");
    private static final Set<String> RESERVATIONS = Set.of("consumed", "released", "pending", "none");
    private static final Set<String> SETTLEMENTS = Set.of("SETTLED", "PENDING_FINALITY", "REVERSED", "FAILED");
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

    private final MemberReader receipt;
    private final boolean action;

    AgentReceiptReader(MemberReader receipt) {
        this.receipt = receipt;
        receipt.requireVersionOne("schema_version");
        receipt.requireConstant("kind", AgentReceipt.KIND);
        receipt.requireConstant("receipt_version", "1");
        this.action = scope().equals(AgentReceipt.ACTION);
    }

    private String scope() {
        return Rules.oneOf(receipt.string("scope"), SCOPES, receipt.code("scope"));
    }

    JsonObject read() {
        String receiptId = Text.lower(receipt.required("receipt_id"));
        String tenant = receipt.required("tenant_id");
        JsonObject authorization = authorization(receipt.object("authorization"));
        JsonObject references = references(receipt.object("references"));
        JsonArray attestations = attestations();
        requireMandateIsAttested(authorization, attestations);
        JsonObject outcome = outcome(receipt.object("outcome"));
        JsonObject execution = action ? execution(receipt.object("execution")) : null;
        JsonObject normal = JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", AgentReceipt.KIND)
                .put("receipt_version", "1")
                .put("scope", scope())
                .put("receipt_id", receiptId)
                .put("issued_at", receipt.timestamp("issued_at"))
                .put("tenant_id", tenant)
                .put("authorization", authorization)
                .putIfPresent("execution", execution)
                .putIfPresent("merchant", part("merchant", AgentReceiptReader::merchant))
                .putIfPresent("evidence", part("evidence", AgentReceiptReader::evidence))
                .putIfPresent("payment", part("payment", AgentReceiptReader::payment))
                .put("outcome", outcome)
                .put("references", references)
                .put("external_attestations", attestations)
                .putIfPresent("continuity", continuity(execution))
                .putIfPresent("operator_attestation", part("operator_attestation", AgentReceiptReader::operator))
                .build();
        requireReceiptId(receiptId, references, execution);
        return normal;
    }

    private @Nullable JsonObject part(String name, Function<MemberReader, JsonObject> reader) {
        return receipt.optionalObject(name).map(reader).orElse(null);
    }

    private static JsonObject authorization(MemberReader part) {
        String mandateDigest = part.optionalDigest("mandate_digest_sha256_hex");
        String mandateReference = part.optionalTrimmed("mandate_reference_id");
        boolean backed = mandateReference == null || mandateDigest != null;
        Rules.require(backed, part.code("mandate_reference_id"), "a mandate reference needs the mandate's digest");
        String currency = part.folded("currency");
        Rules.require(CURRENCY.matcher(currency).matches(), part.code("currency"), "not a currency code");
        return JsonObject.builder()
                .put("principal_did", part.required("principal_did"))
                .put("actor_subject", part.required("actor_subject"))
                .put("agent", agent(part.object("agent")))
                .put("decision_id", part.uuid("decision_id"))
                .putIfPresent("audit_id", part.trimmed("audit_id").isEmpty() ? null : part.uuid("audit_id"))
                .put("policy", policy(part.object("policy")))
                .put("authorized_at", part.timestamp("authorized_at"))
                .put("requested_spend_cents", part.notNegative("requested_spend_cents"))
                .put("currency", currency)
                .put("reason_codes", reasonCodes(part))
                .putIfPresent("mandate_digest_sha256_hex", mandateDigest)
                .putIfPresent("mandate_reference_id", mandateReference)
                .putIfPresent(
                        "zk_policy_proof_digest_sha256_hex", part.optionalDigest("zk_policy_proof_digest_sha256_hex"))
                .build();
    }

    /** In the order they were given, without repetition. */
    private static List<String> reasonCodes(MemberReader part) {
        Set<String> codes = new LinkedHashSet<>();
        part.strings("reason_codes").forEach(code -> codes.add(Rules.scopeToken(code, part.code("reason_codes"))));
        return List.copyOf(codes);
    }

    private static JsonObject agent(MemberReader part) {
        return JsonObject.builder()
                .put("operator_did", part.required("operator_did"))
                .put("model_family", part.scopeToken("model_family"))
                .putIfPresent("model_instance_id", part.optionalTrimmed("model_instance_id"))
                .put("config_hash_sha256_hex", part.digest("config_hash_sha256_hex"))
                .put("prompt_hash_sha256_hex", part.digest("prompt_hash_sha256_hex"))
                .putIfPresent("deployment_epoch", numberIfPresent(part, "deployment_epoch"))
                .build();
    }

    private static JsonObject policy(MemberReader part) {
        return JsonObject.builder()
                .put("template_id", part.required("template_id"))
                .putIfPresent("version_seq", numberIfPresent(part, "version_seq"))
                .put("content_digest_sha256_hex", part.digest("content_digest_sha256_hex"))
                .putIfPresent("spend_policy_version", numberIfPresent(part, "spend_policy_version"))
                .build();
    }

    private static @Nullable JsonNumber numberIfPresent(MemberReader part, String name) {
        return part.isPresent(name) ? part.number(name) : null;
    }

    private static @Nullable JsonNumber notNegativeIfPresent(MemberReader part, String name) {
        return part.isPresent(name) ? part.notNegative(name) : null;
    }

    private static JsonObject execution(MemberReader part) {
        String outcome = "outcome";
        return JsonObject.builder()
                .put("run_id", part.uuid("run_id"))
                .put("tool_call_id", part.required("tool_call_id"))
                .put("tool_name", part.scopeToken("tool_name"))
                .put("operation", part.scopeToken("operation"))
                .put("arguments_digest_sha256_hex", part.digest("arguments_digest_sha256_hex"))
                .putIfPresent("result_digest_sha256_hex", part.optionalDigest("result_digest_sha256_hex"))
                .put(outcome, Rules.oneOf(part.string(outcome), EXECUTION_OUTCOMES, part.code("execution_outcome")))
                .put("started_at", part.timestamp("started_at"))
                .put("completed_at", part.timestamp("completed_at"))
                .putIfPresent("duration_ms", notNegativeIfPresent(part, "duration_ms"))
                .putIfPresent(
                        "tee_attestation_digest_sha256_hex", part.optionalDigest("tee_attestation_digest_sha256_hex"))
                .build();
    }

    private static JsonObject merchant(MemberReader part) {
        return JsonObject.builder()
                .put("payee_did", part.required("payee_did"))
                .putIfPresent("vendor_id", part.optionalScopeToken("vendor_id"))
                .putIfPresent("vendor_ref_id", part.optionalTrimmed("vendor_ref_id"))
                .build();
    }

    private static JsonObject evidence(MemberReader part) {
        Optional<Boolean> passed = part.bool("predicate_passed");
        Rules.require(passed.isPresent() || !part.isStrict(), part.code("predicate_passed"), "required");
        return JsonObject.builder()
                .put("completion_preset_id", part.scopeToken("completion_preset_id"))
                .put("payload_digest_sha256_hex", part.digest("payload_digest_sha256_hex"))
                .putIfPresent("artifacts_digest_sha256_hex", part.optionalDigest("artifacts_digest_sha256_hex"))
                .putIfPresent("predicate_passed", passed.orElse(null))
                .put("payee_did", part.required("payee_did"))
                .putIfPresent(
                        "payee_signature_digest_sha256_hex", part.optionalDigest("payee_signature_digest_sha256_hex"))
                .build();
    }

    private static JsonObject payment(MemberReader part) {
        return JsonObject.builder()
                .put("intent_id", part.uuid("intent_id"))
                .put("settlement_rail", part.scopeToken("settlement_rail"))
                .putIfPresent("funding_method", part.optionalScopeToken("funding_method"))
                .putIfPresent("funding_reference", part.optionalTrimmed("funding_reference"))
                .putIfPresent(
                        "funding_receipt_digest_sha256_hex", part.optionalDigest("funding_receipt_digest_sha256_hex"))
                .build();
    }

    private JsonObject outcome(MemberReader part) {
        return JsonObject.builder()
                .put("harbor_state", part.scopeToken("harbor_state"))
                .putIfPresent("spend_reservation_outcome", reservation(part))
                .putIfPresent("predicate_passed", part.bool("predicate_passed").orElse(null))
                .putIfPresent("settlement_outcome", settlement(part))
                .build();
    }

    private static @Nullable String reservation(MemberReader part) {
        String name = "spend_reservation_outcome";
        String text = part.string(name);
        return Text.isBlank(text) ? null : Rules.oneOf(text, RESERVATIONS, part.code(name));
    }

    /** Upper case exactly, and only where an intent ends. */
    private @Nullable String settlement(MemberReader part) {
        String settlement = part.optionalTrimmed("settlement_outcome");
        boolean fits = settlement == null || (!action && SETTLEMENTS.contains(settlement));
        Rules.require(fits, part.code("settlement_outcome"), "not a settlement outcome of this scope");
        return settlement;
    }

    private static JsonObject references(MemberReader part) {
        return JsonObject.builder()
                .put("intent_id", part.uuid("intent_id"))
                .putIfPresent("ledger_seq", notNegativeIfPresent(part, "ledger_seq"))
                .put("settlement_receipt_id", settlementReceiptId(part))
                .build();
    }

    /** Blank is none, but the empty text stays as it is: it was signed as such. */
    private static @Nullable String settlementReceiptId(MemberReader part) {
        String name = "settlement_receipt_id";
        String text = part.string(name);
        if (text.isEmpty() && part.isPresent(name)) {
            return text;
        }
        String id = Text.fold(text);
        if (id.isEmpty()) {
            return null;
        }
        return Hex.isDigest(id) ? id : Rules.anyUuid(id, part.code(name));
    }

    private JsonArray attestations() {
        return JsonArray.of(receipt.objects("external_attestations").stream()
                .map(AgentReceiptReader::attestation)
                .toList());
    }

    private static JsonObject attestation(MemberReader part) {
        return JsonObject.builder()
                .put("source", part.scopeToken("source"))
                .put("kind", part.required("kind"))
                .put("digest_sha256_hex", part.digest("digest_sha256_hex"))
                .putIfPresent("reference_id", part.optionalTrimmed("reference_id"))
                .build();
    }

    private void requireMandateIsAttested(JsonObject authorization, JsonArray attestations) {
        String digest = authorization.string("mandate_digest_sha256_hex").orElse("");
        if (digest.isEmpty()) {
            return;
        }
        Optional<JsonObject> mandate = attestations
                .objectItems()
                .filter(item -> item.string("kind").orElse("").equals("agent_mandate_v1"))
                .filter(item -> item.string("digest_sha256_hex").orElse("").equals(digest))
                .findFirst();
        Rules.require(mandate.isPresent(), receipt.code("mandate_digest"), "no attestation of this mandate");
        String reference = authorization.string("mandate_reference_id").orElse("");
        boolean same = reference.isEmpty()
                || reference.equals(mandate.orElseThrow().string("reference_id").orElse(""));
        Rules.require(same, receipt.code("mandate_reference"), "the mandate is attested under another reference");
    }

    private @Nullable JsonObject continuity(@Nullable JsonObject execution) {
        if (!receipt.isPresent("continuity")) {
            return null;
        }
        Continuity continuity = Continuity.read(receipt.object("continuity"));
        String run = execution == null
                ? continuity.runId()
                : execution.string("run_id").orElseThrow();
        Rules.require(continuity.runId().equals(run), receipt.code("continuity_run"), "another run");
        return continuity.toJson();
    }

    private static JsonObject operator(MemberReader part) {
        return JsonObject.builder()
                .put("operator_did", part.required("operator_did"))
                .put("signing_public_key_ed25519_hex", part.folded("signing_public_key_ed25519_hex"))
                .put("message_digest_sha256_hex", part.folded("message_digest_sha256_hex"))
                .put("ed25519_signature_hex", part.folded("ed25519_signature_hex"))
                .build();
    }

    private void requireReceiptId(String receiptId, JsonObject references, @Nullable JsonObject execution) {
        String intentId = references.string("intent_id").orElseThrow();
        String expected = execution == null
                ? intentId
                : ReceiptHashes.actionReceiptId(
                                intentId, execution.string("tool_call_id").orElseThrow())
                        .hex();
        if (!Objects.equals(receiptId, expected)) {
            throw new WireException(receipt.code("receipt_id"), "the receipt id does not follow from its references");
        }
    }
}
