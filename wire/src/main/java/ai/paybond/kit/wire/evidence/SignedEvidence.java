package ai.paybond.kit.wire.evidence;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.internal.BodyReader;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evidence with its payee's signature. Immutable. The key is the one in the body: whether it is the payee's is for the
 * reader to know. The request body, in this order:
 *
 * <pre>
 * payload           any JSON
 * artifacts         list of strings, as given
 * payee_did         string
 * payee_pubkey      32 bytes, standard Base64 with padding
 * payee_signature   64 bytes, standard Base64 with padding
 * submitted_at      string, as given
 * </pre>
 *
 * Tenant and intent are signed but not in the body: the first is the authenticated caller's, the second stands in the
 * path. Source: Paybond Kit wire format, sections 5 and 20.3; signatures are RFC 8032 Ed25519.
 *
 * @param payee the key that {@link #fromBody} checked the signature with
 * @param signature 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // copied in, copied out
public record SignedEvidence(
        EvidenceStatement statement, EvidenceVersion version, VerifyingKey payee, byte[] signature) {
    public SignedEvidence {
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(payee, "payee");
        signature = signature.clone();
    }

    /**
     * Reads a request body and checks its signature against the key it carries, as generation 1 and then 2.
     *
     * @param tenantId the tenant of the authenticated caller
     * @param intentId the intent of the request path
     * @throws WireException {@code evidence.payload}, {@code evidence.artifacts}, {@code evidence.payee_did},
     *     {@code evidence.payee_pubkey}, {@code evidence.payee_signature} or {@code evidence.submitted_at} for a missing or
     *     malformed member, the codes of {@link EvidenceStatement#signBytes(EvidenceVersion)} for unsignable content, and
     *     {@code evidence.signature} if neither generation fits
     */
    public static SignedEvidence fromBody(String tenantId, String intentId, JsonObject body) {
        BodyReader reader = new BodyReader("evidence", body);
        EvidenceStatement statement = new EvidenceStatement(
                tenantId,
                intentId,
                reader.string("payee_did"),
                reader.value("payload"),
                reader.strings("artifacts"),
                reader.string("submitted_at"));
        VerifyingKey payee = reader.key("payee_pubkey");
        byte[] signature = reader.signature("payee_signature");
        for (EvidenceVersion version : EvidenceVersion.values()) {
            if (payee.verify(statement.signBytes(version), signature)) {
                return new SignedEvidence(statement, version, payee, signature);
            }
        }
        throw new WireException("evidence.signature", "the payee's signature fits no generation of evidence");
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** The request body, members in the order the wire format gives them. */
    public JsonObject body() {
        return JsonObject.builder()
                .put("payload", statement.payload())
                .put("artifacts", statement.artifactsBlake3Hex())
                .put("payee_did", statement.payeeDid())
                .put("payee_pubkey", payee.base64())
                .put("payee_signature", Base64Text.encode(signature))
                .put("submitted_at", statement.submittedAt())
                .build();
    }

    /** The text to send, and to hash for a recognition proof. */
    public String bodyJson() {
        return body().toJson();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedEvidence that
                && statement.equals(that.statement)
                && version == that.version
                && payee.equals(that.payee)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(statement, version, payee, Arrays.hashCode(signature));
    }
}
