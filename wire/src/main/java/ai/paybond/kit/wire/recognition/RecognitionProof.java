package ai.paybond.kit.wire.recognition;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Base64Text;
import ai.paybond.kit.wire.internal.BodyReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement that an agent key makes one HTTP request. Immutable. Signed is the SHA-256 of this JSON, compact
 * and in this order, with Ed25519 over the 32 digest bytes:
 *
 * <pre>
 * schema_version        1
 * kind                  paybond.agent_recognition_proof_v1
 * key_id                scope token
 * signature_algorithm   ed25519-sha256-json-v1
 * issued_at             whole seconds in UTC, 2030-01-02T15:04:05Z
 * expires_at            the same, later, by at most 600 seconds
 * nonce                 1 to 256 UTF-16 units
 * purpose               scope token, see {@link RecognitionPurpose}
 * verifier_context      tenant_id, verifier_id (scope token)
 * request_envelope      method (upper case), path (from the slash on), body_digest_sha256_hex
 * </pre>
 *
 * A scope token is {@code [a-z0-9][a-z0-9._:/-]{0,127}}. The header is the URL Base64 (RFC 4648, no padding) of these
 * members followed by {@code message_digest_sha256_hex}, {@code signing_public_key_ed25519_hex} and
 * {@code ed25519_signature_hex}, at most 16 KiB when read. The lifetime is checked before fractions of a second are
 * dropped. Source: Paybond Kit wire format, section 9.
 */
public final class RecognitionProof {
    /** The header that carries {@link #headerValue()}. */
    public static final String HEADER = "x-paybond-agent-recognition-proof";

    /** Who reads the proof unless another verifier is named. */
    public static final String DEFAULT_VERIFIER = "paybond-gateway";

    private static final Duration DEFAULT_AGE = Duration.ofSeconds(60);
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(4);
    private static final Duration MAX_LIFE = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int MAX_HEADER = 16 * 1024;

    private final RecognitionClaims claims;
    private final VerifyingKey publicKey;
    private final byte[] signature;

    private RecognitionProof(RecognitionClaims claims, VerifyingKey publicKey, byte[] signature) {
        this.claims = claims;
        this.publicKey = publicKey;
        this.signature = signature.clone();
    }

    /**
     * A proof to be filled in; only the nonce, the purpose, the time and the request have to be.
     *
     * @param keyId the id under which the signing key is registered with the verifier
     */
    public static Builder builder(String keyId, String tenantId) {
        return new Builder(keyId, tenantId);
    }

    /**
     * Reads a header. Says nothing about the signature yet; {@link #verify} does.
     *
     * @throws WireException {@code recognition.header} if it is not canonical URL Base64 of JSON,
     *     {@code recognition.<member>}
     *     for a member that is missing, malformed or not in its canonical form, {@code recognition.message_digest_sha256_hex}
     *     if the digest is not that of the other members, {@code recognition.unsigned_member} for a member too many, and the
     *     codes of {@link VerifyingKey#of(byte[])} for a key that is none
     */
    public static RecognitionProof fromHeader(String header) {
        Rules.require(header.length() <= MAX_HEADER, "recognition.header", "longer than 16 KiB");
        JsonObject envelope;
        try {
            envelope = JsonObject.parse(Base64Text.decodeUrl(header, "recognition.header"));
        } catch (WireException e) {
            throw new WireException("recognition.header", "not URL Base64 of a JSON object");
        }
        return fromEnvelope(envelope);
    }

    private static RecognitionProof fromEnvelope(JsonObject envelope) {
        RecognitionClaims claims = RecognitionClaims.read(envelope);
        BodyReader reader = new BodyReader("recognition", envelope);
        String digest = claims.digest().hex();
        if (!reader.string("message_digest_sha256_hex").equals(digest)) {
            throw reader.refuse("message_digest_sha256_hex");
        }
        VerifyingKey key = VerifyingKey.of(hex(reader, "signing_public_key_ed25519_hex", 32));
        RecognitionProof proof = new RecognitionProof(claims, key, hex(reader, "ed25519_signature_hex", 64));
        Rules.require(proof.toJson().equals(envelope), "recognition.unsigned_member", "a member that is not signed");
        return proof;
    }

    private static byte[] hex(BodyReader reader, String name, int length) {
        String text = reader.string(name);
        if (text.length() != 2 * length || !Rules.isLowerHex(text)) {
            throw reader.refuse(name);
        }
        return Hex.decode(text);
    }

    /** The id under which the verifier finds the registered key. */
    public String keyId() {
        return claims.keyId();
    }

    /** Trimmed, letters as given. */
    public String tenantId() {
        return claims.tenantId();
    }

    /** The text of a {@link RecognitionPurpose}, or of a purpose this release does not know. */
    public String purpose() {
        return claims.purpose();
    }

    /** What the verifier must refuse to see twice, at least until {@link #expiresAt()}. */
    public String nonce() {
        return claims.nonce();
    }

    /** {@link #DEFAULT_VERIFIER} unless another was named; {@link #verify} takes no other. */
    public String verifierId() {
        return claims.verifierId();
    }

    /** In whole seconds. */
    public Instant issuedAt() {
        return claims.issuedAt();
    }

    /** In whole seconds. */
    public Instant expiresAt() {
        return claims.expiresAt();
    }

    /** In upper case. */
    public String method() {
        return claims.method();
    }

    /** From the slash on. */
    public String path() {
        return claims.path();
    }

    /** SHA-256 of the request body. */
    public Digest32 bodyDigest() {
        return claims.bodyDigest();
    }

    /** The key the proof claims to be signed by. */
    public VerifyingKey publicKey() {
        return publicKey;
    }

    /** The text that is hashed and signed. */
    public String canonicalJson() {
        return claims.toJson().toJson();
    }

    /** The whole envelope. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .putAll(claims.toJson())
                .put("message_digest_sha256_hex", claims.digest().hex())
                .put("signing_public_key_ed25519_hex", publicKey.hex())
                .put("ed25519_signature_hex", Hex.encode(signature))
                .build();
    }

    /** URL Base64 of the envelope, without padding. */
    public String headerValue() {
        return Base64Text.encodeUrl(Text.utf8(toJson().toJson()));
    }

    /**
     * Checks the proof against the request that was received, in this order: key, signature, tenant, verifier, purpose,
     * method, path, body, time. Never throws for a bad proof. The caller still has to refuse a nonce it has seen.
     */
    public RecognitionVerdict verify(RecognitionExpectation expected) {
        if (!publicKey.equals(expected.trustedKey())) {
            return RecognitionVerdict.UNTRUSTED_KEY;
        }
        if (!publicKey.verify(claims.digest().bytes(), signature)) {
            return RecognitionVerdict.BAD_SIGNATURE;
        }
        RecognitionVerdict request = verifyRequest(expected);
        return request.isValid() ? verifyTime(expected.clock().instant()) : request;
    }

    private RecognitionVerdict verifyRequest(RecognitionExpectation expected) {
        if (!claims.tenantId().equals(expected.tenantId())) {
            return RecognitionVerdict.TENANT_MISMATCH;
        }
        if (!claims.verifierId().equals(DEFAULT_VERIFIER)) {
            return RecognitionVerdict.VERIFIER_MISMATCH;
        }
        if (!claims.purpose().equals(expected.purpose().text())) {
            return RecognitionVerdict.PURPOSE_MISMATCH;
        }
        if (!claims.method().equals(expected.method())) {
            return RecognitionVerdict.METHOD_MISMATCH;
        }
        if (!claims.path().equals(expected.path())) {
            return RecognitionVerdict.PATH_MISMATCH;
        }
        boolean sameBody = claims.bodyDigest().equals(Digest32.sha256(expected.body()));
        return sameBody ? RecognitionVerdict.VALID : RecognitionVerdict.BODY_MISMATCH;
    }

    private RecognitionVerdict verifyTime(Instant now) {
        if (claims.issuedAt().isAfter(now.plus(SKEW))) {
            return RecognitionVerdict.NOT_YET_VALID;
        }
        return claims.expiresAt().isAfter(now) ? RecognitionVerdict.VALID : RecognitionVerdict.EXPIRED;
    }

    /** Collects the claims; {@link #sign} checks them. Not thread-safe. */
    public static final class Builder {
        private final String keyId;
        private final String tenantId;
        private String purpose = "";
        private String method = "";
        private String path = "";
        private Digest32 bodyDigest = Digest32.sha256(new byte[0]);
        private @Nullable Instant issuedAt;
        private @Nullable Instant expiresAt;
        private String nonce = "";
        private String verifierId = DEFAULT_VERIFIER;

        private Builder(String keyId, String tenantId) {
            this.keyId = Objects.requireNonNull(keyId, "keyId");
            this.tenantId = Objects.requireNonNull(tenantId, "tenantId");
        }

        /** What the request is for; required. */
        public Builder purpose(RecognitionPurpose purpose) {
            return purpose(purpose.text());
        }

        /** A purpose outside {@link RecognitionPurpose}. */
        public Builder purpose(String purpose) {
            this.purpose = Objects.requireNonNull(purpose, "purpose");
            return this;
        }

        /**
         * The request; required. A blank path means {@code /}.
         *
         * @param body exactly the bytes that are sent, of which the proof carries the SHA-256
         */
        public Builder request(String method, String path, byte[] body) {
            return request(method, path, Digest32.sha256(body));
        }

        Builder request(String method, String path, Digest32 bodyDigest) {
            this.method = Objects.requireNonNull(method, "method");
            this.path = Objects.requireNonNull(path, "path");
            this.bodyDigest = bodyDigest;
            return this;
        }

        /** The time of issue; required, here or by {@link #issuedBy}. */
        public Builder issuedAt(Instant issuedAt) {
            this.issuedAt = issuedAt;
            return this;
        }

        /** Sixty seconds before now, which forgives the verifier's clock. */
        public Builder issuedBy(Clock clock) {
            return issuedAt(clock.instant().minus(DEFAULT_AGE));
        }

        /** Defaults to four minutes after {@link #issuedAt}; at most ten. */
        public Builder expiresAt(@Nullable Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /** Up to 256 UTF-16 units that are never used again; required. */
        public Builder nonce(String nonce) {
            this.nonce = Objects.requireNonNull(nonce, "nonce");
            return this;
        }

        /** Defaults to {@link #DEFAULT_VERIFIER}. */
        public Builder verifierId(String verifierId) {
            this.verifierId = Objects.requireNonNull(verifierId, "verifierId");
            return this;
        }

        /**
         * Checks the claims and signs their digest.
         *
         * @throws WireException {@code recognition.tenant_id}, {@code recognition.issued_at},
         *     {@code recognition.expires_at}, {@code recognition.nonce}, {@code recognition.method},
         *     {@code recognition.path}, {@code recognition.key_id}, {@code recognition.purpose} or
         *     {@code recognition.verifier_id}, checked in this order
         */
        public RecognitionProof sign(Signer signer) {
            RecognitionClaims claims = claims();
            byte[] signature = signer.sign(claims.digest().bytes());
            return new RecognitionProof(claims, signer.publicKey(), signature);
        }

        RecognitionClaims claims() {
            String tenant = Rules.required(tenantId, "recognition.tenant_id");
            Instant issued = issued();
            Instant expires = expires(issued);
            String once = Rules.short256(Rules.required(nonce, "recognition.nonce"), "recognition.nonce");
            String verb = Text.upper(Rules.required(method, "recognition.method"));
            String target = path();
            String key = Rules.scopeToken(keyId, "recognition.key_id");
            String use = Rules.scopeToken(purpose, "recognition.purpose");
            String verifier = Rules.scopeToken(verifierId, "recognition.verifier_id");
            return new RecognitionClaims(
                    key, seconds(issued), seconds(expires), once, use, tenant, verifier, verb, target, bodyDigest);
        }

        private static Instant seconds(Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS);
        }

        private Instant issued() {
            if (issuedAt == null) {
                throw new WireException("recognition.issued_at", "required");
            }
            return issuedAt;
        }

        private Instant expires(Instant issued) {
            Instant expires = expiresAt == null ? issued.plus(DEFAULT_LIFE) : expiresAt;
            boolean inside = expires.isAfter(issued) && !expires.isAfter(issued.plus(MAX_LIFE));
            Rules.require(inside, "recognition.expires_at", "a proof lives up to ten minutes");
            return expires;
        }

        private String path() {
            String trimmed = Text.trim(path);
            String target = trimmed.isEmpty() ? "/" : trimmed;
            Rules.require(target.startsWith("/"), "recognition.path", "a path begins with a slash");
            return target;
        }
    }
}
