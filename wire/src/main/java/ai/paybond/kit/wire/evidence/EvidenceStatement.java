package ai.paybond.kit.wire.evidence;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Objects;

/**
 * What a payee states about one intent. Immutable. Signed by the payee is the raw frame, not a digest of it:
 *
 * <pre>
 * u8         1 or 2, the {@link EvidenceVersion}
 * string     tenant_id
 * UUID       intent_id
 * string     payee_did
 * 32 bytes   BLAKE3 of the payload's canonical JSON
 * 32 bytes   BLAKE3 of the artifact hashes' bytes, joined in list order (no count, no separator, repetitions kept)
 * string     submitted_at
 * </pre>
 *
 * A string is its length in UTF-8 bytes, then the bytes; a UUID is the length 16, then 16 bytes in text order. Lengths
 * are bincode varints in generation 2, eight little-endian bytes in generation 1. There is no cap on the number of
 * artifacts, and an empty list is the BLAKE3 of nothing. Source: Paybond Kit wire format, sections 3, 5, 20.2 and 20.3.
 *
 * @param tenantId signed, but not part of the request body
 * @param intentId a UUID as {@link ai.paybond.kit.wire.UuidText} reads it
 * @param payload any JSON; its strict canonical form is what gets signed
 * @param artifactsBlake3Hex 64 hexadecimal digits each, either case, in the order that is signed; sent as given
 * @param submittedAt whole seconds in UTC as {@code 2030-01-02T15:04:05Z}, signed as written
 */
public record EvidenceStatement(
        String tenantId,
        String intentId,
        String payeeDid,
        JsonValue payload,
        List<String> artifactsBlake3Hex,
        String submittedAt) {
    public EvidenceStatement {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(payeeDid, "payeeDid");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(submittedAt, "submittedAt");
        artifactsBlake3Hex = List.copyOf(artifactsBlake3Hex);
    }

    /**
     * BLAKE3 over the payload's canonical JSON.
     *
     * @throws JsonException if the payload has no unambiguous canonical form
     */
    public Digest32 payloadDigest() {
        return payloadDigest(Strictness.STRICT);
    }

    /** As {@link #payloadDigest()}, in the given strictness. */
    public Digest32 payloadDigest(Strictness strictness) {
        return Digest32.ofCanonical(payload, strictness);
    }

    /**
     * BLAKE3 over the joined artifact hashes.
     *
     * @throws WireException {@code artifact.hex} unless each is exactly 64 hexadecimal digits
     */
    public Digest32 artifactsDigest() {
        return artifactsDigest(Strictness.STRICT);
    }

    /** As {@link #artifactsDigest()}, in the given strictness; the peer trims and takes hashes of any length. */
    public Digest32 artifactsDigest(Strictness strictness) {
        return ArtifactHashes.digest(artifactsBlake3Hex, strictness);
    }

    /**
     * The bytes that the payee signs.
     *
     * @throws WireException {@code artifact.hex}, {@code uuid.invalid}, {@code text.surrogate}, {@code timestamp.form},
     *     or a
     *     {@link JsonException} for the payload
     */
    public byte[] signBytes(EvidenceVersion version) {
        return signBytes(version, Strictness.STRICT);
    }

    /** As {@link #signBytes(EvidenceVersion)}, in the given strictness. */
    public byte[] signBytes(EvidenceVersion version, Strictness strictness) {
        byte[] artifacts = artifactsDigest(strictness).bytes();
        Rules.wellFormed(tenantId, strictness);
        Rules.wellFormed(payeeDid, strictness);
        Rules.wholeSeconds(submittedAt, strictness);
        return version.frame()
                .string(tenantId)
                .uuid(intentId)
                .string(payeeDid)
                .fixed32(payloadDigest(strictness).bytes())
                .fixed32(artifacts)
                .string(submittedAt)
                .bytes();
    }

    /**
     * Signs the frame of this generation with the payee's key.
     *
     * @throws WireException as {@link #signBytes(EvidenceVersion)}
     */
    public SignedEvidence sign(Signer payee, EvidenceVersion version) {
        return sign(payee, version, Strictness.STRICT);
    }

    /** As {@link #sign(Signer, EvidenceVersion)}, in the given strictness. */
    public SignedEvidence sign(Signer payee, EvidenceVersion version, Strictness strictness) {
        return new SignedEvidence(this, version, payee.publicKey(), payee.sign(signBytes(version, strictness)));
    }
}
