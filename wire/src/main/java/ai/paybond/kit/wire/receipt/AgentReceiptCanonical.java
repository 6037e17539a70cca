package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reduces a normal receipt to what is signed. Wire format, section 11.3. */
final class AgentReceiptCanonical {
    /** Left out when absent, empty or zero, wherever they stand. */
    private static final Set<String> OPTIONAL = Set.of(
            "model_instance_id",
            "deployment_epoch",
            "audit_id",
            "version_seq",
            "spend_policy_version",
            "reason_codes",
            "mandate_digest_sha256_hex",
            "mandate_reference_id",
            "zk_policy_proof_digest_sha256_hex",
            "result_digest_sha256_hex",
            "duration_ms",
            "tee_attestation_digest_sha256_hex",
            "vendor_id",
            "vendor_ref_id",
            "artifacts_digest_sha256_hex",
            "payee_signature_digest_sha256_hex",
            "funding_method",
            "funding_reference",
            "funding_receipt_digest_sha256_hex",
            "spend_reservation_outcome",
            "settlement_outcome",
            "ledger_seq",
            "reference_id",
            "prev_message_digest_sha256_hex");

    private AgentReceiptCanonical() {}

    static JsonObject of(JsonObject normal) {
        JsonObject canonical = (JsonObject) reduce(normal.without(OperatorAttestation.MEMBER));
        boolean unattested =
                canonical.array("external_attestations").orElseThrow().items().isEmpty();
        return unattested ? canonical.with("external_attestations", null) : canonical;
    }

    private static JsonValue reduce(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> kept = new LinkedHashMap<>();
            object.members().forEach((name, member) -> {
                if (!OPTIONAL.contains(name) || !isEmpty(member)) {
                    kept.put(name, reduce(member));
                }
            });
            return new JsonObject(kept);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(
                    array.items().stream().map(AgentReceiptCanonical::reduce).toList());
        }
        return value;
    }

    private static boolean isEmpty(JsonValue value) {
        return value == JsonNull.NULL
                || (value instanceof JsonString string && string.value().isEmpty())
                || (value instanceof JsonNumber number && number.doubleValue() == 0)
                || (value instanceof JsonArray array && array.items().isEmpty());
    }
}
