package ai.paybond.kit.wire.disclosure;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.internal.Timestamps;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * HPKE packages that show a receipt's details to its owner. RFC 9180, base mode, one message:
 *
 * <pre>
 * KEM 0x0020, KDF 0x0001, AEAD 0x0001   X25519 and HKDF-SHA256, HKDF-SHA256, AES-128-GCM
 * info          {@value #KIND}
 * aad           SHA-256(receipt_id, 00, message digest in lower-case hexadecimal), 32 bytes
 * ciphertext    the plaintext's compact JSON, encrypted, and a tag of 16 bytes
 * package       kind, schema_version (1), hpke_suite, info, recipient_public_key_x25519_hex, encapsulated_key_hex,
 *               ciphertext_hex, aad_sha256_hex, receipt_id, message_digest_sha256_hex, plaintext_content_type
 * plaintext     kind, schema_version, receipt_id, message_digest_sha256_hex, tenant_id, scope, derived_at,
 *               authorization, outcome, references, then execution, evidence, extensions where there are any
 * </pre>
 *
 * Hexadecimal is lower case. Nothing is signed and the sender is not authenticated: compare what was opened with the
 * signed receipt. Source: Paybond Kit wire format, section 16.
 */
public final class OwnerDisclosure {
    /** The member {@code kind}, and HPKE's info. */
    public static final String KIND = "paybond.agent_receipt_owner_disclosure_v1";

    private static final String PLAINTEXT_KIND = "paybond.agent_receipt_owner_disclosure_plaintext_v1";
    private static final String SUITE = "DHKEM_X25519_HKDF_SHA256/HKDF_SHA256/AES_128_GCM";
    private static final String CONTENT_TYPE = "application/json; charset=utf-8; profile=" + PLAINTEXT_KIND;
    private static final String RECIPIENT = "recipient_public_key_x25519_hex";
    private static final String ENCAPSULATED = "encapsulated_key_hex";
    private static final String CIPHERTEXT = "ciphertext_hex";
    private static final String AAD = "aad_sha256_hex";
    private static final String RECEIPT_ID = "receipt_id";
    private static final int TAG_LENGTH = 16;
    private static final List<String> REQUIRED_PARTS = List.of("authorization", "outcome", "references");
    private static final List<String> OPTIONAL_PARTS = List.of("execution", "evidence");

    private OwnerDisclosure() {}

    /** What a disclosure says: the receipt's parts as they are in it, without its signature. */
    public static JsonObject plaintext(JsonObject receipt, Instant derivedAt, @Nullable JsonObject extensions) {
        JsonObject.Builder plaintext =
                JsonObject.builder().put("kind", PLAINTEXT_KIND).put("schema_version", 1);
        for (String name : List.of(RECEIPT_ID, Envelope.DIGEST_MEMBER, "tenant_id", "scope")) {
            plaintext.putIfPresent(name, receipt.get(name));
        }
        plaintext.put("derived_at", Timestamps.format(derivedAt));
        REQUIRED_PARTS.forEach(name -> plaintext.putIfPresent(name, receipt.get(name)));
        OPTIONAL_PARTS.forEach(
                name -> plaintext.putIfPresent(name, receipt.object(name).orElse(null)));
        return plaintext.putIfPresent("extensions", extensions).build();
    }

    /**
     * Encrypts a {@link #plaintext} to an owner.
     *
     * @param recipientPublicKey 32 bytes, X25519
     * @param random makes the ephemeral key
     * @throws WireException {@code disclosure.recipient} for a key that is none, {@code disclosure.receipt_id} or
     *     {@code disclosure.message_digest_sha256_hex} for a plaintext about no receipt
     */
    public static JsonObject seal(JsonObject plaintext, byte[] recipientPublicKey, SecureRandom random) {
        byte[] aad = aad(new MemberReader("disclosure", plaintext, Strictness.STRICT));
        X25519PrivateKeyParameters ephemeral = new X25519PrivateKeyParameters(random);
        try {
            HPKEContextWithEncapsulation context = hpke().setupBaseS(
                            new X25519PublicKeyParameters(recipientPublicKey),
                            Text.utf8(KIND),
                            new AsymmetricCipherKeyPair(ephemeral.generatePublicKey(), ephemeral));
            byte[] ciphertext = context.seal(aad, Text.utf8(plaintext.toJson()));
            return sealed(plaintext, recipientPublicKey, context.getEncapsulation(), ciphertext, aad);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new WireException("disclosure.recipient", "not a public key to encrypt to");
        }
    }

    private static JsonObject sealed(
            JsonObject plaintext, byte[] recipient, byte[] encapsulated, byte[] ciphertext, byte[] aad) {
        return JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("hpke_suite", SUITE)
                .put("info", KIND)
                .put(RECIPIENT, Hex.encode(recipient))
                .put(ENCAPSULATED, Hex.encode(encapsulated))
                .put(CIPHERTEXT, Hex.encode(ciphertext))
                .put(AAD, Hex.encode(aad))
                .putIfPresent(RECEIPT_ID, plaintext.get(RECEIPT_ID))
                .putIfPresent(Envelope.DIGEST_MEMBER, plaintext.get(Envelope.DIGEST_MEMBER))
                .put("plaintext_content_type", CONTENT_TYPE)
                .build();
    }

    /**
     * Opens a package and checks that it is about the receipt it names.
     *
     * @throws WireException {@code disclosure.kind}, {@code disclosure.hpke_suite}, {@code disclosure.info},
     *     {@code disclosure.recipient}, {@code disclosure.aad}, {@code disclosure.ciphertext}, {@code disclosure.plaintext},
     *     {@code disclosure.receipt_id}, {@code disclosure.message_digest_sha256_hex} or {@code disclosure.receipt}, and a
     *     {@link ai.paybond.kit.wire.json.JsonException} if what was sealed is no JSON object
     */
    public static JsonObject open(JsonObject sealed, DisclosureKey key) {
        MemberReader reader = new MemberReader("disclosure", sealed, Strictness.STRICT);
        Rules.require(reader.string("kind").equals(KIND), "disclosure.kind", "not an owner disclosure");
        Rules.require(reader.number("schema_version").doubleValue() == 1, "disclosure.kind", "not version 1");
        Rules.require(reader.string("hpke_suite").equals(SUITE), "disclosure.hpke_suite", "another suite");
        Rules.require(reader.string("info").equals(KIND), "disclosure.info", "another purpose");
        boolean mine = reader.string(RECIPIENT).equals(key.publicKeyHex());
        Rules.require(mine, "disclosure.recipient", "encrypted to another key");
        byte[] aad = aad(reader);
        Rules.require(reader.string(AAD).equals(Hex.encode(aad)), "disclosure.aad", "bound to another receipt");
        return requireReceipt(decrypt(reader, key, aad), reader);
    }

    private static JsonObject decrypt(MemberReader sealed, DisclosureKey key, byte[] aad) {
        byte[] ciphertext = bytes(sealed, CIPHERTEXT);
        byte[] encapsulated = bytes(sealed, ENCAPSULATED);
        boolean sized = ciphertext.length >= TAG_LENGTH && encapsulated.length == 32;
        Rules.require(sized, "disclosure.ciphertext", "too short");
        try {
            byte[] opened =
                    hpke().setupBaseR(encapsulated, key.pair(), Text.utf8(KIND)).open(aad, ciphertext);
            return JsonObject.parse(opened);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new WireException("disclosure.ciphertext", "does not open");
        }
    }

    private static byte[] bytes(MemberReader sealed, String name) {
        String hex = sealed.string(name);
        boolean lower = hex.length() % 2 == 0 && Rules.isLowerHex(hex);
        Rules.require(lower, "disclosure.ciphertext", "not lower-case hexadecimal");
        return Hex.decode(hex);
    }

    private static JsonObject requireReceipt(JsonObject plaintext, MemberReader sealed) {
        boolean kind = plaintext.string("kind").orElse("").equals(PLAINTEXT_KIND);
        Rules.require(kind, "disclosure.plaintext", "not the plaintext of a disclosure");
        MemberReader inner = new MemberReader("disclosure", plaintext, Strictness.STRICT);
        boolean same = inner.trimmed(RECEIPT_ID).equals(sealed.trimmed(RECEIPT_ID))
                && inner.folded(Envelope.DIGEST_MEMBER).equals(sealed.folded(Envelope.DIGEST_MEMBER));
        Rules.require(same, "disclosure.receipt", "the inside is about another receipt");
        return plaintext;
    }

    /** SHA-256 over receipt id, a zero byte, and the receipt's digest in lower case. */
    private static byte[] aad(MemberReader holder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Text.utf8(holder.required(RECEIPT_ID)));
        bytes.write(0);
        bytes.writeBytes(Text.utf8(holder.digest(Envelope.DIGEST_MEMBER)));
        return Digest32.sha256(bytes.toByteArray()).bytes();
    }

    private static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
    }
}
