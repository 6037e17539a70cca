package ai.paybond.kit.sandbox.internal.protocol;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A recognition proof that travels in a body, and is asked about by the digest of a request instead of the request. */
record ProofCheck(
        String tenantId, String verifierId, String purpose, String method, String path, Set<String> bodyDigests) {

    /** @throws WireException for what is no proof */
    static RecognitionProof read(JsonObject proof) {
        byte[] json = proof.toJson().getBytes(StandardCharsets.UTF_8);
        return RecognitionProof.fromHeader(
                Base64.getUrlEncoder().withoutPadding().encodeToString(json));
    }

    /** The flat error code of what is wrong with it; empty when nothing is. */
    Optional<String> fault(RecognitionProof proof, VerifyingKey registered, Clock clock) {
        if (!proof.publicKey().equals(registered) || !isSigned(proof)) {
            return Optional.of("recognition_proof_invalid");
        }
        Instant now = clock.instant();
        if (now.isBefore(proof.issuedAt()) || !now.isBefore(proof.expiresAt())) {
            return Optional.of("recognition_proof_expired");
        }
        return isBound(proof) ? Optional.empty() : Optional.of("protocol_binding_mismatch");
    }

    private static boolean isSigned(RecognitionProof proof) {
        byte[] digest = Digest32.sha256(proof.canonicalJson().getBytes(StandardCharsets.UTF_8))
                .bytes();
        byte[] signature =
                Hex.decode(proof.toJson().string("ed25519_signature_hex").orElseThrow());
        return proof.publicKey().verify(digest, signature);
    }

    private boolean isBound(RecognitionProof proof) {
        return proof.tenantId().equals(tenantId)
                && proof.verifierId().equals(verifierId)
                && proof.purpose().equals(purpose)
                && proof.method().equals(method.toUpperCase(Locale.ROOT))
                && proof.path().equals(path)
                && bodyDigests.contains(proof.bodyDigest().hex());
    }
}
