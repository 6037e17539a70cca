package ai.paybond.kit.wire.export;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A statement for a transparency service that a receipt with this digest was issued, as COSE_Sign1 (RFC 9052) in
 * deterministic CBOR (RFC 8949). Immutable. Ed25519 signs the raw Sig_structure, not a digest of it:
 *
 * <pre>
 * protected   {1: -8, 4: key id (if any), 15: {1: issuer, 2: receipt id}}
 * payload     canonical JSON of {kind, message_digest_sha256_hex, receipt_id}
 * signed      ["Signature1", protected, h'', payload]
 * message     tag 18 [protected, {}, payload, signature (64 bytes)]
 * </pre>
 *
 * An item of 65536 bytes or more is refused. The export is a JSON object with the message in hexadecimal. Source:
 * Paybond Kit wire format, section 17.
 *
 * @param receiptDigest the receipt's message digest, SHA-256
 * @param keyId empty if there is none
 */
public record ScittStatement(String receiptId, Digest32 receiptDigest, String issuer, String keyId) {
    private static final String EXPORT_KIND = "paybond.agent_receipt_scitt_export_v1";
    private static final String STATEMENT_KIND = "paybond.agent_receipt_scitt_statement_v1";
    private static final String COSE_MEMBER = "cose_sign1_tag18_hex";
    private static final int SIGNATURE_LENGTH = 64;

    /**
     * Trims the texts.
     *
     * @throws ai.paybond.kit.wire.WireException {@code scitt.receipt_id} or {@code scitt.issuer} when blank,
     *     {@code text.surrogate} for text that is not well formed
     */
    public ScittStatement {
        receiptId = Rules.required(receiptId, "scitt.receipt_id");
        Objects.requireNonNull(receiptDigest, "receiptDigest");
        issuer = Rules.required(issuer, "scitt.issuer");
        keyId = Text.trim(keyId);
        List.of(receiptId, issuer, keyId).forEach(text -> Rules.wellFormed(text, Strictness.STRICT));
    }

    /** The protected header: algorithm, key id if any, and the claims of issuer and subject. */
    public byte[] protectedHeader() {
        Cbor header = new Cbor().map(keyId.isEmpty() ? 2 : 3).integer(1).integer(-8);
        if (!keyId.isEmpty()) {
            header.integer(4).text(keyId);
        }
        return header.integer(15)
                .map(2)
                .integer(1)
                .text(issuer)
                .integer(2)
                .text(receiptId)
                .toBytes();
    }

    private JsonObject statement() {
        return JsonObject.builder()
                .put("kind", STATEMENT_KIND)
                .put("receipt_id", receiptId)
                .put("message_digest_sha256_hex", receiptDigest.hex())
                .build();
    }

    private byte[] payload() {
        return CanonicalJson.strictBytes(statement());
    }

    private byte[] signedBytes() {
        return new Cbor()
                .array(4)
                .text("Signature1")
                .bytes(protectedHeader())
                .bytes(new byte[0])
                .bytes(payload())
                .toBytes();
    }

    private byte[] cose(byte[] signature) {
        return new Cbor()
                .raw((byte) 0xD2)
                .array(4)
                .bytes(protectedHeader())
                .map(0)
                .bytes(payload())
                .bytes(signature)
                .toBytes();
    }

    /**
     * Signs and wraps.
     *
     * @return the export: kind, receipt_id, message_digest_sha256_hex, signing_public_key_ed25519_hex, issuer,
     *     cose_sign1_tag18_hex, statement and, if any, kid
     * @throws ai.paybond.kit.wire.WireException {@code scitt.too_long} for texts of 65536 bytes or more
     */
    public JsonObject sign(Signer issuerKey) {
        return export(issuerKey.publicKey(), issuerKey.sign(signedBytes()));
    }

    private JsonObject export(VerifyingKey key, byte[] signature) {
        return JsonObject.builder()
                .put("kind", EXPORT_KIND)
                .put("receipt_id", receiptId)
                .put("message_digest_sha256_hex", receiptDigest.hex())
                .put("signing_public_key_ed25519_hex", key.hex())
                .put("issuer", issuer)
                .put(COSE_MEMBER, Hex.encode(cose(signature)))
                .put("statement", statement())
                .putIfPresent("kid", keyId.isEmpty() ? null : keyId)
                .build();
    }

    /** Checks that an export is, byte for byte, the message it says it is, and signed by a trusted key. */
    public static Verdict<ScittStatement> verify(JsonObject export, TrustedKeys trusted) {
        MemberReader reader = new MemberReader("scitt", export, Strictness.STRICT);
        return Checks.run(checks -> {
            ScittStatement statement = checks.step("form", () -> read(reader));
            VerifyingKey key =
                    checks.step("key", () -> Envelope.key(reader.string(Envelope.KEY_MEMBER), reader.code("key")));
            byte[] signature = checks.step("message form", () -> signature(reader));
            boolean same = statement.export(key, signature).equals(export);
            checks.require("message", same, "scitt.message");
            checks.require("signature", key.verify(statement.signedBytes(), signature), "scitt.signature");
            return checks.admit(statement, key, trusted, "scitt.untrusted_key");
        });
    }

    private static ScittStatement read(MemberReader export) {
        return new ScittStatement(
                export.string("receipt_id"),
                Digest32.ofHex(export.digest("message_digest_sha256_hex")),
                export.string("issuer"),
                export.string("kid"));
    }

    /** The message ends in its signature; that the rest is what it should be is checked by rebuilding it. */
    private static byte[] signature(MemberReader export) {
        byte[] cose = Hex.decode(export.string(COSE_MEMBER));
        Rules.require(cose.length > SIGNATURE_LENGTH, "scitt.message", "not a COSE_Sign1 message");
        return Arrays.copyOfRange(cose, cose.length - SIGNATURE_LENGTH, cose.length);
    }
}
