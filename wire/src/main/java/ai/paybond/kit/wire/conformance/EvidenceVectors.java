package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Payee evidence of both generations. */
final class EvidenceVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "evidence.json", EvidenceVectors::current,
            "legacy-evidence-v1.json", EvidenceVectors::legacy);

    private EvidenceVectors() {}

    private static void current(VectorFile file) {
        file.each("vectors", entry -> vector(entry, EvidenceVersion.V2));
        file.each("long_vectors", entry -> longVector(entry, EvidenceVersion.V2));
        file.each("many_artifacts", EvidenceVectors::manyArtifacts);
        file.each(
                "errors",
                entry -> entry.refused(
                        () -> sign(altered(errorBase(file.first("vectors")), entry.name()), EvidenceVersion.V2)));
    }

    private static void legacy(VectorFile file) {
        file.each("vectors", entry -> vector(entry, EvidenceVersion.V1));
        file.each("long_vectors", entry -> longVector(entry, EvidenceVersion.V1));
        file.each("errors", entry -> entry.refused(() -> sign(entry.input(), EvidenceVersion.V1)));
        file.each(
                "lax_hex",
                entry -> entry.refused(() -> {
                    JsonObject base = errorBase(file.first("vectors"));
                    JsonObject input = base.with("artifacts_blake3_hex", List.of(entry.text("artifact")));
                    return sign(input, EvidenceVersion.V1);
                }));
    }

    /** Errors that are told by name only are made from this. */
    private static JsonObject errorBase(JsonObject firstVector) {
        return JsonObject.builder()
                .put("tenant_id", "t")
                .put("intent_id", firstVector.object("input").orElseThrow().get("intent_id"))
                .put("payee_did", "did:p")
                .put("payload_json", "{\"ok\":true}")
                .put("artifacts_blake3_hex", List.of())
                .put("submitted_at", "2026-06-30T12:00:00Z")
                .put(
                        "payee_seed_hex",
                        Digest32.sha256("x".getBytes(StandardCharsets.UTF_8)).hex())
                .build();
    }

    private static JsonObject altered(JsonObject base, String name) {
        return switch (name) {
            case "seed 31 bytes" -> base.with("payee_seed_hex", "00".repeat(31));
            case "seed 64 bytes" -> base.with("payee_seed_hex", "00".repeat(64));
            case "odd hex" -> base.with("artifacts_blake3_hex", List.of("abc"));
            case "0x prefix rejected" -> base.with("artifacts_blake3_hex", List.of("0x" + "ab".repeat(32)));
            case "bad uuid" -> base.with("intent_id", "nope");
            case "uuid version 0" -> base.with("intent_id", "550e8400-e29b-01d4-a716-446655440000");
            default -> throw new IllegalArgumentException("an error this runner cannot make: " + name);
        };
    }

    private static void vector(VectorEntry entry, EvidenceVersion version) {
        EvidenceStatement statement = statement(entry.input());
        SignedEvidence signed = sign(entry.input(), version);
        entry.same("payload_canonical_json", () -> CanonicalJson.lax(statement.payload()));
        entry.same("payload_digest_hex", () -> statement.payloadDigest(Strictness.PEER));
        entry.same("artifacts_digest_hex", () -> statement.artifactsDigest(Strictness.PEER));
        entry.same("sign_bytes_hex", () -> Hex.encode(statement.signBytes(version, Strictness.PEER)));
        entry.same("payee_pubkey_hex", () -> signed.payee().hex());
        entry.same("payee_pubkey_base64", () -> signed.payee().base64());
        entry.same("payee_signature_base64", () -> Base64Text.encode(signed.signature()));
        entry.same("payee_signature_hex", () -> Hex.encode(signed.signature()));
        entry.same("request_body_json", signed::bodyJson);
    }

    private static void longVector(VectorEntry entry, EvidenceVersion version) {
        byte[] bytes = statement(entry.input()).signBytes(version, Strictness.PEER);
        String hex = Hex.encode(bytes);
        entry.same("sign_bytes_length", () -> bytes.length);
        entry.same("sign_bytes_sha256", () -> Digest32.sha256(bytes).hex());
        entry.same("sign_bytes_first_48_hex", () -> hex.substring(0, 96));
        entry.same("sign_bytes_last_96_hex", () -> hex.substring(hex.length() - 192));
        entry.same(
                "payee_signature_base64",
                () -> Base64Text.encode(sign(entry.input(), version).signature()));
    }

    private static void manyArtifacts(VectorEntry entry) {
        int count = entry.size("count");
        List<String> artifacts = IntStream.range(0, count)
                .mapToObj(i -> Digest32.blake3(Integer.toString(i).getBytes(StandardCharsets.UTF_8))
                        .hex())
                .toList();
        EvidenceStatement statement = new EvidenceStatement("", "", "", JsonArray.of(List.of()), artifacts, "");
        entry.same("artifacts_digest_hex", statement::artifactsDigest);
    }

    private static SignedEvidence sign(JsonObject input, EvidenceVersion version) {
        SigningKey payee = SigningKey.fromSeedHex(VectorEntry.text(input, "payee_seed_hex"));
        return statement(input).sign(payee, version, Strictness.PEER);
    }

    static EvidenceStatement statement(JsonObject input) {
        return new EvidenceStatement(
                VectorEntry.text(input, "tenant_id"),
                VectorEntry.text(input, "intent_id"),
                payeeDid(input),
                VectorEntry.parse(VectorEntry.text(input, "payload_json")),
                input.array("artifacts_blake3_hex").flatMap(JsonArray::strings).orElseThrow(),
                VectorEntry.text(input, "submitted_at"));
    }

    private static String payeeDid(JsonObject input) {
        return input.object("payee_did_repeat")
                .map(repeat -> VectorEntry.repeated(repeat, "char", "count"))
                .orElseGet(() -> VectorEntry.text(input, "payee_did"));
    }
}
