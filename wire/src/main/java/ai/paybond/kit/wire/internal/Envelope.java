package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** The four members that sign a JSON object: algorithm, digest of the canonical text, public key, signature of the digest. */
public final class Envelope {
    public static final String ALGORITHM = "ed25519-sha256-json-v1";
    public static final String ALGORITHM_MEMBER = "signing_algorithm";
    public static final String DIGEST_MEMBER = "message_digest_sha256_hex";
    public static final String KEY_MEMBER = "signing_public_key_ed25519_hex";
    public static final String SIGNATURE_MEMBER = "ed25519_signature_hex";

    private Envelope() {}

    /** Canonical text with the escapes that Go adds: ampersand, angle brackets, line and paragraph separator. */
    public static String goEscaped(JsonObject canonical) {
        return canonical
                .toJson()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Appends the four members. */
    public static JsonObject.Builder seal(JsonObject body, Digest32 digest, Signer signer) {
        return JsonObject.builder()
                .putAll(body)
                .put(ALGORITHM_MEMBER, ALGORITHM)
                .put(DIGEST_MEMBER, digest.hex())
                .put(KEY_MEMBER, signer.publicKey().hex())
                .put(SIGNATURE_MEMBER, Hex.encode(signer.sign(digest.bytes())));
    }

    /** The four members as they came, in normal spelling, after those of the body. */
    public static JsonObject.Builder reseal(JsonObject body, MemberReader signed) {
        return JsonObject.builder()
                .putAll(body)
                .put(ALGORITHM_MEMBER, algorithm(signed))
                .put(DIGEST_MEMBER, signed.folded(DIGEST_MEMBER))
                .put(KEY_MEMBER, signed.folded(KEY_MEMBER))
                .put(SIGNATURE_MEMBER, signed.folded(SIGNATURE_MEMBER));
    }

    private static String algorithm(MemberReader signed) {
        String algorithm = signed.folded(ALGORITHM_MEMBER);
        return algorithm.isEmpty() ? ALGORITHM : algorithm;
    }

    /** Checks digest, key and signature in this order. */
    public static VerifyingKey verify(Checks checks, MemberReader signed, Digest32 recomputed) {
        checks.step("digest", () -> requireDigest(signed, recomputed));
        VerifyingKey key = checks.step("key", () -> key(signed));
        byte[] signature = checks.step("signature form", () -> signature(signed));
        checks.require("signature", key.verify(recomputed.bytes(), signature), signed.code("signature"));
        return key;
    }

    private static Digest32 requireDigest(MemberReader signed, Digest32 recomputed) {
        Digest32 stated = Digest32.ofHex(signed.digest(DIGEST_MEMBER));
        Rules.require(stated.equals(recomputed), signed.code("digest_mismatch"), "the digest is of another content");
        return stated;
    }

    private static VerifyingKey key(MemberReader signed) {
        return key(signed.string(KEY_MEMBER), signed.code(KEY_MEMBER));
    }

    /** Trimmed hexadecimal of either case. */
    public static VerifyingKey key(String text, String code) {
        try {
            return VerifyingKey.ofHex(Text.fold(text));
        } catch (WireException e) {
            throw new WireException(code, "not an Ed25519 public key in hexadecimal");
        }
    }

    private static byte[] signature(MemberReader signed) {
        return signature(signed.string(SIGNATURE_MEMBER), signed.code(SIGNATURE_MEMBER));
    }

    /** Trimmed hexadecimal of either case, 64 bytes. */
    public static byte[] signature(String text, String code) {
        String hex = Text.fold(text);
        Rules.require(hex.length() == 128 && Rules.isLowerHex(hex), code, "not 64 bytes in hexadecimal");
        return Hex.decode(hex);
    }

    /** Strictly, a signed object is accepted in its normal spelling only: nothing may be said in it that is not signed. */
    public static void requireNormal(Checks checks, MemberReader given, JsonObject normal) {
        if (given.isStrict()) {
            checks.require("normal form", given.json().equals(normal), given.code("not_normal"));
        }
    }

    /** As {@link #requireNormal} where members that say nothing (null, empty, zero) may be there or not. */
    public static void requireNormalBesideEmpty(Checks checks, MemberReader given, JsonObject normal) {
        if (given.isStrict()) {
            checks.require("normal form", pruned(given.json()).equals(pruned(normal)), given.code("not_normal"));
        }
    }

    private static JsonValue pruned(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> kept = new LinkedHashMap<>();
            object.members().forEach((name, member) -> {
                JsonValue inner = pruned(member);
                if (!isEmpty(inner)) {
                    kept.put(name, inner);
                }
            });
            return new JsonObject(kept);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.items().stream().map(Envelope::pruned).toList());
        }
        return value;
    }

    private static boolean isEmpty(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value().isEmpty();
        }
        if (value instanceof JsonArray array) {
            return array.items().isEmpty();
        }
        if (value instanceof JsonObject object) {
            return object.members().isEmpty();
        }
        return value == JsonNull.NULL
                || (value instanceof JsonNumber number && number.text().equals("0"));
    }
}
