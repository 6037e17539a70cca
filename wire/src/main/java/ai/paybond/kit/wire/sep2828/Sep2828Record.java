package ai.paybond.kit.wire.sep2828;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One signed record. Immutable. Signed is the SHA-256 of the canonical JSON of the content, with Ed25519 over the 32
 * digest bytes. The content is the record without these members, at the top and inside {@code issuerAsserted} and
 * {@code receiptAsserted}, a block that then is empty being dropped:
 *
 * <pre>
 * ed25519_signature_hex, or signature    128 hexadecimal digits
 * signing_public_key_ed25519_hex         64 hexadecimal digits
 * message_digest_sha256_hex              optional; strictly it must be right
 * </pre>
 *
 * Signature and key are taken from the first of {@code issuerAsserted}, {@code receiptAsserted} and the top that has
 * both; strictly only one place may hold any. The key stands in the record itself, so only pinning makes the signature
 * mean anything. Source: Paybond Kit wire format, section 13.
 *
 * @param contentDigest SHA-256 of the canonical content
 * @param content the record without the members that sign it
 */
public record Sep2828Record(JsonObject content, Digest32 contentDigest) {
    private static final List<String> BLOCKS = List.of("issuerAsserted", "receiptAsserted");
    private static final String SHORT_SIGNATURE = "signature";
    private static final Set<String> SIGNING_MEMBERS =
            Set.of(SHORT_SIGNATURE, Envelope.SIGNATURE_MEMBER, Envelope.DIGEST_MEMBER, Envelope.KEY_MEMBER);

    public Sep2828Record {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(contentDigest, "contentDigest");
    }

    /**
     * A record without looking at its signature.
     *
     * @throws ai.paybond.kit.wire.json.JsonException strictly, if the content has no unambiguous canonical form
     */
    public static Sep2828Record of(JsonObject record, Strictness strictness) {
        JsonObject content = stripped(record);
        return new Sep2828Record(content, Digest32.sha256(CanonicalJson.bytes(content, strictness)));
    }

    /**
     * Checks material, key and signature. Strictly, there is one set of signing members, spelled in lower case, and
     * nothing is stripped that could be taken for content.
     *
     * @return refused as {@code sep2828.unsigned_block}, {@code sep2828.ambiguous}, {@code sep2828.digest_mismatch},
     *     {@code sep2828.material}, {@code sep2828.hex}, {@code sep2828.key}, {@code sep2828.signature} or
     *     {@code sep2828.untrusted_key}, or with a code of the canonical form; never thrown
     */
    public static Verdict<Sep2828Record> verify(JsonObject record, TrustedKeys trusted) {
        return verify(record, trusted, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, TrustedKeys)}, in the given strictness. */
    public static Verdict<Sep2828Record> verify(JsonObject record, TrustedKeys trusted, Strictness strictness) {
        return Checks.run(checks -> {
            Sep2828Record found = checks.step("form", () -> of(record, strictness));
            if (strictness == Strictness.STRICT) {
                checks.step("nothing unsigned", () -> requireNothingUnsigned(record, found));
            }
            JsonObject material = checks.step("material", () -> material(record));
            VerifyingKey key = checks.step("key", () -> key(material, strictness));
            byte[] signature = checks.step("signature form", () -> signature(material, strictness));
            boolean whole = key.verify(found.contentDigest.bytes(), signature);
            checks.require("signature", whole, "sep2828.signature");
            return checks.admit(found, key, trusted, "sep2828.untrusted_key");
        });
    }

    private static JsonObject stripped(JsonObject record) {
        JsonObject content = withoutSigningMembers(record);
        for (String block : BLOCKS) {
            if (content.has(block)) {
                Optional<JsonObject> inner = content.object(block)
                        .map(Sep2828Record::withoutSigningMembers)
                        .filter(kept -> !kept.members().isEmpty());
                content = inner.isPresent() ? content.with(block, inner.get()) : content.without(block);
            }
        }
        return content;
    }

    private static JsonObject withoutSigningMembers(JsonObject object) {
        JsonObject kept = object;
        for (String name : SIGNING_MEMBERS) {
            kept = kept.without(name);
        }
        return kept;
    }

    private static boolean requireNothingUnsigned(JsonObject record, Sep2828Record found) {
        boolean objects = BLOCKS.stream()
                .allMatch(block -> !record.has(block) || record.object(block).isPresent());
        Rules.require(objects, "sep2828.unsigned_block", "an asserted block is an object");
        long signed = places(record)
                .filter(place -> place.members().keySet().stream().anyMatch(SIGNING_MEMBERS::contains))
                .count();
        Rules.require(signed <= 1, "sep2828.ambiguous", "more than one place is signed");
        JsonObject material = material(record);
        boolean both = material.has(SHORT_SIGNATURE) && material.has(Envelope.SIGNATURE_MEMBER);
        Rules.require(!both, "sep2828.ambiguous", "two signatures in one place");
        String digest = found.contentDigest.hex();
        boolean stated = material.has(Envelope.DIGEST_MEMBER);
        boolean own = digest.equals(material.string(Envelope.DIGEST_MEMBER).orElse(""));
        Rules.require(!stated || own, "sep2828.digest_mismatch", "the stated digest is of another content");
        return true;
    }

    private static Stream<JsonObject> places(JsonObject record) {
        return Stream.concat(BLOCKS.stream().flatMap(block -> record.object(block).stream()), Stream.of(record));
    }

    private static JsonObject material(JsonObject record) {
        return places(record)
                .filter(place -> !signatureText(place).isEmpty())
                .filter(place -> !place.string(Envelope.KEY_MEMBER).orElse("").isEmpty())
                .findFirst()
                .orElseThrow(() -> new WireException("sep2828.material", "no signature and key"));
    }

    /** The short name counts only where the long one is absent. */
    private static String signatureText(JsonObject place) {
        JsonValue longForm = place.get(Envelope.SIGNATURE_MEMBER);
        boolean absent = longForm == null || longForm == JsonNull.NULL;
        String name = absent ? SHORT_SIGNATURE : Envelope.SIGNATURE_MEMBER;
        return place.string(name).orElse("");
    }

    private static VerifyingKey key(JsonObject material, Strictness strictness) {
        String text = material.string(Envelope.KEY_MEMBER).orElseThrow();
        requireLowerCase(text, strictness);
        return Envelope.key(text, "sep2828.key");
    }

    private static byte[] signature(JsonObject material, Strictness strictness) {
        String text = signatureText(material);
        requireLowerCase(text, strictness);
        return Envelope.signature(text, "sep2828.signature");
    }

    private static void requireLowerCase(String hex, Strictness strictness) {
        boolean fine = strictness == Strictness.PEER || Rules.isLowerHex(hex);
        Rules.require(fine, "sep2828.hex", "hexadecimal is written in lower case");
    }

    /** Digest text without one leading {@code sha256:} or {@code blake3:}, in whatever case the prefix is. */
    public static String withoutDigestPrefix(String text) {
        String prefix = text.substring(0, Math.min(7, text.length())).toLowerCase(Locale.ROOT);
        return prefix.equals("sha256:") || prefix.equals("blake3:") ? text.substring(7) : text;
    }

    /** The content as the text that is hashed. */
    public String canonicalJson(Strictness strictness) {
        return strictness == Strictness.STRICT ? CanonicalJson.strict(content) : CanonicalJson.lax(content);
    }

    /** The signed members of a decision or outcome, in hexadecimal; for building records. */
    public static JsonObject signatureMembers(Signer signer, Digest32 contentDigest) {
        return JsonObject.builder()
                .put(Envelope.KEY_MEMBER, signer.publicKey().hex())
                .put(Envelope.SIGNATURE_MEMBER, Hex.encode(signer.sign(contentDigest.bytes())))
                .build();
    }

    Optional<String> attestationDigest() {
        return content.object("backLink")
                .map(link -> link.string("attestationDigest").orElse(""));
    }
}
