package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.attestation.ExternalAttestation;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.x402.Eip712Receipt;
import ai.paybond.kit.wire.x402.X402Receipt;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** x402 delivery receipts. */
final class X402Vectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of("x402.json", X402Vectors::run);

    private X402Vectors() {}

    private static void run(VectorFile file) {
        file.each("jws", X402Vectors::signed);
        file.each("eip712_variations", X402Vectors::signed);
        file.each("eip712", X402Vectors::typed);
        String signer =
                X402Receipt.thumbprint(file.content().object("ed25519_jwk").orElseGet(() -> JsonObject.builder()
                        .build()));
        file.each("envelopes", entry -> envelope(entry, signer));
        file.each("digest_payloads", entry -> {
            Supplier<JsonObject> payload = () -> new X402Receipt(entry.input()).evidencePayload();
            entry.sameOrRefused("payload_canonical_json", () -> CanonicalJson.lax(payload.get()));
            entry.sameOrRefused("blake3_hex", () -> Digest32.ofCanonical(payload.get(), Strictness.PEER));
            entry.sameOrRefused("sha256_hex", () -> Digest32.sha256(CanonicalJson.laxBytes(payload.get())));
        });
        thumbprint(file, "ed25519");
        thumbprint(file, "es256");
    }

    private static void thumbprint(VectorFile file, String name) {
        file.content()
                .object(name + "_jwk")
                .ifPresent(jwk -> file.single(
                        name + "_thumbprint",
                        entry -> entry.same(name + "_thumbprint", () -> X402Receipt.thumbprint(jwk))));
    }

    private static void signed(VectorEntry entry) {
        JsonObject signed = entry.vector().object("signed").orElseThrow();
        entry.sameOrRefused("result", () -> payload(signed, entry.text("expected_signer")));
    }

    private static void typed(VectorEntry entry) {
        JsonObject payload = entry.vector().object("payload").orElseThrow();
        String address = Eip712Receipt.address(Hex.decode(entry.text("private_key_hex")));
        entry.same("signer_address", () -> address);
        entry.same("digest_hex", () -> Eip712Receipt.digest(payload, Strictness.PEER));
        JsonObject signed = JsonObject.builder()
                .put("format", "eip712")
                .put("payload", payload)
                .put("signature", entry.text("signature"))
                .build();
        entry.sameOrRefused("result", () -> payload(signed, address));
    }

    private static void envelope(VectorEntry entry, String signer) {
        JsonObject answer = entry.object("input_json");
        part(entry, "extract", () -> X402Receipt.extract(answer));
        part(entry, "evidence", () -> {
            X402Receipt.requireDelivery(answer, Strictness.PEER);
            return receipt(answer, signer).evidence(answer, Strictness.PEER);
        });
        part(
                entry,
                "external",
                () -> ExternalAttestation.toJson(List.of(receipt(answer, signer).attestation(Strictness.PEER))));
    }

    private static void part(VectorEntry entry, String name, Supplier<JsonValue> computed) {
        JsonObject wanted = entry.vector().object(name).orElseThrow();
        if (wanted.bool("ok").orElse(false)) {
            entry.equal(String.valueOf(wanted.get("result")), computed);
        } else {
            entry.refused(computed);
        }
    }

    private static X402Receipt receipt(JsonObject answer, String signer) {
        return X402Receipt.verify(X402Receipt.extract(answer), signer, Strictness.PEER)
                .orThrow();
    }

    private static JsonObject payload(JsonObject signed, String expectedSigner) {
        Verdict<X402Receipt> verdict = X402Receipt.verify(signed, expectedSigner, Strictness.PEER);
        return verdict.orThrow().payload();
    }
}
