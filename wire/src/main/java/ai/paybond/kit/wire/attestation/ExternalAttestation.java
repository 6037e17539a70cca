package ai.paybond.kit.wire.attestation;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an agent receipt's {@code external_attestations}: {@code source}, {@code kind},
 * {@code digest_sha256_hex}, {@code reference_id}, in this order, hashed with the receipt. What there is:
 *
 * <pre>
 * ap2           agent_mandate_v1                                   partner's id, else nonce
 * ap2           protocol_authorization_receipt_v1                  intent id
 * ap2           protocol_settlement_receipt_v1                     intent id
 * x402          delivery_receipt_v1                                resource URL
 * sep2828_mcp   decision_record, outcome_record                    attestation digest without prefix
 * </pre>
 *
 * Pass only objects that came out of their verification: an attestation says nothing about a signature. Source: Paybond
 * Kit wire format, section 15.
 *
 * @param digest SHA-256, as the object itself is hashed
 */
public record ExternalAttestation(String source, String kind, Digest32 digest, String referenceId) {
    /** Carries {@link #headerValue} with a request. */
    public static final String HEADER = "x-paybond-agent-receipt-attestations";

    /** Names the run that the attestations belong to. */
    public static final String RUN_HEADER = "x-paybond-agent-run-id";

    private static final String AP2 = "ap2";

    public ExternalAttestation {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(referenceId, "referenceId");
    }

    /**
     * Refers to a verified mandate.
     *
     * @param externalAuthorizationId the partner's id, trimmed; when null or blank the mandate's nonce stands in
     */
    public static ExternalAttestation of(AgentMandate mandate, @Nullable String externalAuthorizationId) {
        String partner = externalAuthorizationId == null ? "" : Text.trim(externalAuthorizationId);
        String reference = partner.isEmpty() ? mandate.nonce() : partner;
        return new ExternalAttestation(AP2, "agent_mandate_v1", mandate.digest(), reference);
    }

    /** Refers to a verified authorization receipt by its intent. */
    public static ExternalAttestation of(AuthorizationReceipt receipt) {
        return new ExternalAttestation(AP2, "protocol_authorization_receipt_v1", receipt.digest(), receipt.intentId());
    }

    /** Refers to a verified settlement receipt by its intent. */
    public static ExternalAttestation of(SettlementReceipt receipt) {
        return new ExternalAttestation(AP2, "protocol_settlement_receipt_v1", receipt.digest(), receipt.intentId());
    }

    /** SHA-256 over the canonical JSON of a partner's object, nothing stripped. */
    public static Digest32 partnerDigest(JsonValue object) {
        return partnerDigest(object, Strictness.STRICT);
    }

    /** As {@link #partnerDigest(JsonValue)}, in the given strictness. */
    public static Digest32 partnerDigest(JsonValue object, Strictness strictness) {
        return Digest32.sha256(CanonicalJson.bytes(object, strictness));
    }

    /** The entry, members in the order they are hashed. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("source", source)
                .put("kind", kind)
                .put("digest_sha256_hex", digest.hex())
                .put("reference_id", referenceId)
                .build();
    }

    /** The plain JSON text of a list, as {@link #HEADER} carries it; no Base64: text beyond ASCII stands as it is. */
    public static String headerValue(List<ExternalAttestation> attestations) {
        return toJson(attestations).toJson();
    }

    /** A list of entries, in the order given. */
    public static JsonArray toJson(List<ExternalAttestation> attestations) {
        return JsonArray.of(
                attestations.stream().map(ExternalAttestation::toJson).toList());
    }
}
