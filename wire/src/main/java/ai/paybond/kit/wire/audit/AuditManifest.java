package ai.paybond.kit.wire.audit;

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
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Objects;

/**
 * The manifest of an audit export: which files, with which hashes. Immutable. Signed is the SHA-256 of the compact JSON
 * of these members, those that are there, in this order, with Ed25519 over the 32 digest bytes; inside, members keep
 * the order they came in:
 *
 * <pre>
 * schema_version, kind, tenant_realm_id, job_id, generated_at_rfc3339, gateway_build_version, score_model_version,
 * disclosure_tier, redaction_profile, checkpoint_last_ledger_seq (unless 0 or null), export_filter, artifacts
 * </pre>
 *
 * What the members hold is not checked here. The signed manifest appends {@code signed_payload_sha256_hex},
 * {@code ed25519_signature_hex} and {@code signing_public_key_ed25519_hex}. Source: Paybond Kit wire format, section
 * 18.
 *
 * @param core the members that are hashed, in the order they are hashed
 */
public record AuditManifest(JsonObject core) {
    private static final String CHECKPOINT = "checkpoint_last_ledger_seq";
    private static final String DIGEST_MEMBER = "signed_payload_sha256_hex";
    private static final List<String> MEMBERS = List.of(
            "schema_version",
            "kind",
            "tenant_realm_id",
            "job_id",
            "generated_at_rfc3339",
            "gateway_build_version",
            "score_model_version",
            "disclosure_tier",
            "redaction_profile",
            CHECKPOINT,
            "export_filter",
            "artifacts");

    public AuditManifest {
        Objects.requireNonNull(core, "core");
    }

    /** Takes the members that are hashed and leaves the others. */
    public static AuditManifest of(JsonObject manifest) {
        JsonObject.Builder core = JsonObject.builder();
        for (String name : MEMBERS) {
            JsonValue value = manifest.get(name);
            if (value != null && !(name.equals(CHECKPOINT) && isNothing(value))) {
                core.put(name, value);
            }
        }
        return new AuditManifest(core.build());
    }

    private static boolean isNothing(JsonValue value) {
        return value == JsonNull.NULL || (value instanceof JsonNumber number && number.doubleValue() == 0);
    }

    /**
     * Checks digest, key, signature and trust. Strictly, the manifest says nothing beside what is hashed, and every
     * number is written as it is hashed.
     *
     * @return refused as {@code audit.number}, {@code audit.digest_mismatch}, {@code audit.key},
     *     {@code audit.signature},
     *     {@code audit.not_normal}, {@code audit.untrusted_key}, or {@code audit.<member>} for a signing member of
     *     the wrong type; never thrown
     */
    public static Verdict<AuditManifest> verify(JsonObject manifest, TrustedKeys trusted) {
        return verify(manifest, trusted, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, TrustedKeys)}, in the given strictness. */
    public static Verdict<AuditManifest> verify(JsonObject manifest, TrustedKeys trusted, Strictness strictness) {
        MemberReader reader = new MemberReader("audit", manifest, strictness);
        return Checks.run(checks -> {
            AuditManifest found = of(manifest);
            if (reader.isStrict()) {
                checks.step("number form", found::requireExactNumbers);
            }
            checks.step("digest", () -> found.requireDigest(reader));
            VerifyingKey key =
                    checks.step("key", () -> Envelope.key(reader.string(Envelope.KEY_MEMBER), reader.code("key")));
            byte[] signature = checks.step(
                    "signature form",
                    () -> Envelope.signature(reader.string(Envelope.SIGNATURE_MEMBER), reader.code("signature")));
            Envelope.requireNormal(checks, reader, found.sealed(key, signature));
            checks.require("signature", key.verify(found.digest().bytes(), signature), reader.code("signature"));
            return checks.admit(found, key, trusted, "audit.untrusted_key");
        });
    }

    private boolean requireExactNumbers() {
        boolean exact = JsonValue.parse(core.toJson(), JsonLimits.lenient()).equals(core);
        Rules.require(exact, "audit.number", "a number is not written as it is hashed");
        return true;
    }

    private boolean requireDigest(MemberReader manifest) {
        boolean own = Text.lower(manifest.string(DIGEST_MEMBER)).equals(digest().hex());
        Rules.require(own, manifest.code("digest_mismatch"), "the digest is of another content");
        return true;
    }

    /** The text that is hashed. */
    public String coreJson() {
        return core.toJson();
    }

    /** SHA-256 of {@link #coreJson()}; these 32 bytes are signed. */
    public Digest32 digest() {
        return Digest32.sha256(Text.utf8(coreJson()));
    }

    /** The signed manifest. */
    public JsonObject sign(Signer gateway) {
        return sealed(gateway.publicKey(), gateway.sign(digest().bytes()));
    }

    private JsonObject sealed(VerifyingKey key, byte[] signature) {
        return JsonObject.builder()
                .putAll(core)
                .put(DIGEST_MEMBER, digest().hex())
                .put(Envelope.SIGNATURE_MEMBER, Hex.encode(signature))
                .put(Envelope.KEY_MEMBER, key.hex())
                .build();
    }
}
