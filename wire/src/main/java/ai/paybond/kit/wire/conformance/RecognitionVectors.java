package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Recognition proofs. */
final class RecognitionVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of("agent-recognition.json", RecognitionVectors::run);

    private static final String SHORT_SEED = "00".repeat(31);

    private RecognitionVectors() {}

    private static void run(VectorFile file) {
        file.each("vectors", entry -> {
            RecognitionProof proof = sign(entry.input(), entry.text("seed_hex"));
            entry.same("canonical_json", proof::canonicalJson);
            entry.same("canonical_hex", () -> Hex.encode(Text.utf8(proof.canonicalJson())));
            entry.same("proof_json", proof::toJson);
            entry.same("header_x_paybond_agent_recognition_proof", proof::headerValue);
            entry.equal(proof.toJson(), () -> RecognitionProof.fromHeader(proof.headerValue())
                    .toJson());
        });
        file.each("errors", entry -> {
            boolean wrongSeed = entry.name().startsWith("seed ");
            String seed = wrongSeed ? SHORT_SEED : VectorEntry.text(file.first("vectors"), "seed_hex");
            entry.refused(() -> sign(entry.input(), seed));
        });
    }

    private static RecognitionProof sign(JsonObject input, String seedHex) {
        SigningKey key = SigningKey.fromSeedHex(seedHex);
        RecognitionProof.Builder proof = RecognitionProof.builder(
                        VectorEntry.text(input, "key_id"), VectorEntry.text(input, "tenant_id"))
                .purpose(VectorEntry.text(input, "purpose"))
                .request(VectorEntry.text(input, "method"), VectorEntry.text(input, "path"), body(input))
                .issuedAt(instant(input, "issued_at_ms"))
                .nonce(VectorEntry.text(input, "nonce"));
        if (input.has("expires_at_ms")) {
            proof.expiresAt(instant(input, "expires_at_ms"));
        }
        input.string("verifier_id").ifPresent(proof::verifierId);
        return proof.sign(key);
    }

    private static Instant instant(JsonObject input, String member) {
        return Instant.ofEpochMilli(input.integer(member).orElseThrow());
    }

    private static byte[] body(JsonObject input) {
        return input.string("body_hex")
                .map(Hex::decode)
                .orElseGet(() -> Text.utf8(
                        VectorEntry.parse(VectorEntry.text(input, "body_json")).toJson()));
    }
}
