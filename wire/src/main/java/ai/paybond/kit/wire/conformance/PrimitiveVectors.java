package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.Map;
import java.util.function.Consumer;

/** Hashes, canonical JSON, signatures. */
final class PrimitiveVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "blake3.json", PrimitiveVectors::blake3,
            "canonical-json.json", PrimitiveVectors::canonicalJson,
            "canonical-json-numbers.json", PrimitiveVectors::numbers,
            "ed25519.json", PrimitiveVectors::ed25519);

    private static final int LONG_STRING = 70_000;

    private PrimitiveVectors() {}

    private static void blake3(VectorFile file) {
        file.each(
                "vectors",
                entry -> entry.same(
                        "blake3_hex", () -> Digest32.blake3(pattern(entry)).hex()));
    }

    private static byte[] pattern(VectorEntry entry) {
        byte[] message = new byte[entry.size("len")];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (i % 251);
        }
        return message;
    }

    private static void canonicalJson(VectorFile file) {
        file.each("vectors", PrimitiveVectors::canonicalVector);
        file.information("js_only_values", "js_errors");
    }

    private static void canonicalVector(VectorEntry entry) {
        String input = entry.vector().string("input_json").orElse("");
        if (isRefusedForLoneSurrogateInName(input)) {
            entry.departs("a member name holding half of a surrogate pair is refused when read");
            return;
        }
        JsonValue value = input.isEmpty() ? new JsonString("x".repeat(LONG_STRING)) : VectorEntry.parse(input);
        byte[] utf8 = CanonicalJson.laxBytes(value);
        entry.same("canonical_json", () -> CanonicalJson.lax(value));
        entry.same("canonical_utf8_hex", () -> Hex.encode(utf8));
        entry.same("canonical_utf8_length", () -> utf8.length);
        entry.same("blake3_hex", () -> Digest32.blake3(utf8).hex());
        entry.same("sha256_hex", () -> Digest32.sha256(utf8).hex());
        entry.verdict(true, () -> strictRefusesOrAgrees(value));
    }

    /** True if the text can be read once its surrogate escapes are replaced, and not before. */
    private static boolean isRefusedForLoneSurrogateInName(String input) {
        return !isReadable(input) && isReadable(input.replaceAll("(?i)\\\\u[d][89a-f]..", "x"));
    }

    private static boolean isReadable(String json) {
        try {
            return JsonValue.parse(json, JsonLimits.lenient()) != null;
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean strictRefusesOrAgrees(JsonValue value) {
        try {
            return CanonicalJson.strict(value).equals(CanonicalJson.lax(value));
        } catch (JsonException e) {
            return true;
        }
    }

    private static void numbers(VectorFile file) {
        file.each("doubles", entry -> {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(entry.text("bits_hex"), 16));
            entry.same("json", () -> Double.isFinite(value) ? CanonicalJson.lax(JsonNumber.of(value)) : "null");
        });
        file.each("tokens", entry -> entry.same("json", () -> CanonicalJson.lax(entry.json("token"))));
    }

    private static void ed25519(VectorFile file) {
        file.each("vectors", entry -> {
            SigningKey key = SigningKey.fromSeedHex(entry.text("seed_hex"));
            byte[] message = Hex.decode(entry.text("message_hex"));
            byte[] signature = key.sign(message);
            entry.same("public_key_hex", () -> key.publicKey().hex());
            entry.same("signature_hex", () -> Hex.encode(signature));
            entry.same("signature_base64", () -> Base64Text.encode(signature));
            entry.verdict(true, () -> key.publicKey().verify(message, signature));
        });
    }
}
