package ai.paybond.kit.wire.recognition;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.BodyReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.internal.Timestamps;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;

/** What a recognition proof signs, in normal form. */
record RecognitionClaims(
        String keyId,
        Instant issuedAt,
        Instant expiresAt,
        String nonce,
        String purpose,
        String tenantId,
        String verifierId,
        String method,
        String path,
        Digest32 bodyDigest) {

    private static final String KIND = "paybond.agent_recognition_proof_v1";
    private static final String ALGORITHM = "ed25519-sha256-json-v1";

    JsonObject toJson() {
        return JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", KIND)
                .put("key_id", keyId)
                .put("signature_algorithm", ALGORITHM)
                .put("issued_at", Timestamps.format(issuedAt))
                .put("expires_at", Timestamps.format(expiresAt))
                .put("nonce", nonce)
                .put("purpose", purpose)
                .put("verifier_context", verifierContext())
                .put("request_envelope", requestEnvelope())
                .build();
    }

    private JsonObject verifierContext() {
        return JsonObject.builder()
                .put("tenant_id", tenantId)
                .put("verifier_id", verifierId)
                .build();
    }

    private JsonObject requestEnvelope() {
        return JsonObject.builder()
                .put("method", method)
                .put("path", path)
                .put("body_digest_sha256_hex", bodyDigest.hex())
                .build();
    }

    Digest32 digest() {
        return Digest32.sha256(Text.utf8(toJson().toJson()));
    }

    static RecognitionClaims read(JsonObject envelope) {
        BodyReader reader = new BodyReader("recognition", envelope);
        BodyReader context = new BodyReader("recognition", reader.object("verifier_context"));
        BodyReader request = new BodyReader("recognition", reader.object("request_envelope"));
        constant(reader, "kind", KIND);
        constant(reader, "signature_algorithm", ALGORITHM);
        if (reader.integer("schema_version") != 1) {
            throw reader.refuse("schema_version");
        }
        RecognitionClaims claims = RecognitionProof.builder(reader.string("key_id"), context.string("tenant_id"))
                .purpose(reader.string("purpose"))
                .verifierId(context.string("verifier_id"))
                .issuedAt(Timestamps.parse(reader.string("issued_at"), "recognition.issued_at"))
                .expiresAt(Timestamps.parse(reader.string("expires_at"), "recognition.expires_at"))
                .nonce(reader.string("nonce"))
                .request(request.string("method"), request.string("path"), digest(request))
                .claims();
        requireCanonical(envelope, claims.toJson());
        return claims;
    }

    private static Digest32 digest(BodyReader request) {
        try {
            return Digest32.ofHex(request.string("body_digest_sha256_hex"));
        } catch (WireException e) {
            throw request.refuse("body_digest_sha256_hex");
        }
    }

    private static void constant(BodyReader reader, String name, String value) {
        if (!reader.string(name).equals(value)) {
            throw reader.refuse(name);
        }
    }

    /** A signer writes normal forms only; anything else was written by someone who is not to be guessed at. */
    private static void requireCanonical(JsonObject envelope, JsonObject canonical) {
        canonical.members().forEach((name, value) -> {
            boolean same = value.equals(envelope.get(name));
            Rules.require(same, Rules.code("recognition", name), "not in canonical form: " + name);
        });
    }
}
