package ai.paybond.kit.protocol;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.util.Objects;

/**
 * The request that a recognition proof should be for.
 *
 * @param purpose what it should be for, such as {@code harbor.intent.create}
 * @param method the HTTP method
 * @param path the path
 * @param bodyDigest SHA-256 of the body's bytes
 */
public record RecognizedRequest(String purpose, String method, String path, Digest32 bodyDigest) {
    public RecognizedRequest {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(bodyDigest, "bodyDigest");
    }

    /** The verifier is always the session's own tenant. */
    JsonObject body(RecognitionProof proof, String tenantId) {
        return JsonObject.builder()
                .put("proof", proof.toJson())
                .put("expected_purpose", purpose)
                .put(
                        "expected_verifier",
                        JsonObject.builder()
                                .put("tenant_id", tenantId)
                                .put("verifier_id", RecognitionProof.DEFAULT_VERIFIER)
                                .build())
                .put(
                        "expected_request",
                        JsonObject.builder()
                                .put("method", method)
                                .put("path", path)
                                .put("body_digest_sha256_hex", bodyDigest.hex())
                                .build())
                .build();
    }
}
