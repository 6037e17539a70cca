package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** A recognition proof for the import of a mandate, put together by hand: no kit builds one. */
final class MandateProof {
    private MandateProof() {}

    static JsonObject sign(SandboxTenant tenant, String path, String bodyDigest, String nonce, Instant now) {
        JsonObject claims = JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", "paybond.agent_recognition_proof_v1")
                .put("key_id", tenant.recognitionKeyId())
                .put("signature_algorithm", "ed25519-sha256-json-v1")
                .put("issued_at", text(now.minusSeconds(60)))
                .put("expires_at", text(now.plusSeconds(180)))
                .put("nonce", nonce)
                .put("purpose", "protocol.mandate.import")
                .put(
                        "verifier_context",
                        JsonObject.builder()
                                .put("tenant_id", tenant.tenantId())
                                .put("verifier_id", "paybond-gateway")
                                .build())
                .put(
                        "request_envelope",
                        JsonObject.builder()
                                .put("method", "POST")
                                .put("path", path)
                                .put("body_digest_sha256_hex", bodyDigest)
                                .build())
                .build();
        Digest32 digest = Digest32.sha256(claims.toJson().getBytes(StandardCharsets.UTF_8));
        return claims.with("message_digest_sha256_hex", digest.hex())
                .with(
                        "signing_public_key_ed25519_hex",
                        tenant.recognitionKey().publicKey().hex())
                .with(
                        "ed25519_signature_hex",
                        Hex.encode(tenant.recognitionKey().sign(digest.bytes())));
    }

    private static String text(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS));
    }
}
