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
 * What a payee states about one intent. Paybond Kit wire format, sections 5 and 20.3.
 *
 * @param payload any JSON; its strict canonical form is what gets signed
 * @param artifactsBlake3Hex 64 hexadecimal digits each, in the order that is signed
 * @param submittedAt {@code 2030-01-02T15:04:05Z}, signed as written
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

    /** @throws JsonException if the payload has no unambiguous canonical form */
    public Digest32 payloadDigest() {
        return payloadDigest(Strictness.STRICT);
    }

    public Digest32 payloadDigest(Strictness strictness) {
        return Digest32.ofCanonical(payload, strictness);
    }

    /** @throws WireException {@code artifact.hex} */
    public Digest32 artifactsDigest() {
        return artifactsDigest(Strictness.STRICT);
    }

    public Digest32 artifactsDigest(Strictness strictness) {
        return ArtifactHashes.digest(artifactsBlake3Hex, strictness);
    }

    /**
     * The bytes that the payee signs.
     *
     * @throws WireException {@code artifact.hex}, {@code uuid.invalid}, {@code text.surrogate}, {@code timestamp.form}, or a
     *     {@link JsonException} for the payload
     */
    public byte[] signBytes(EvidenceVersion version) {
        return signBytes(version, Strictness.STRICT);
    }

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

    /** @throws WireException as {@link #signBytes(EvidenceVersion)} */
    public SignedEvidence sign(Signer payee, EvidenceVersion version) {
        return sign(payee, version, Strictness.STRICT);
    }

    public SignedEvidence sign(Signer payee, EvidenceVersion version, Strictness strictness) {
        return new SignedEvidence(this, version, payee.publicKey(), payee.sign(signBytes(version, strictness)));
    }
}
