package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MandateParts;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Timestamps;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Proof that a mandate was imported and authorised, in normal form. Immutable. Signed is the SHA-256 of the canonical
 * text, with Ed25519 over the 32 digest bytes; escapes and envelope are those of
 * {@link ai.paybond.kit.wire.mandate.AgentMandate}. The members in the order they are hashed:
 *
 * <pre>
 * schema_version (1), kind (paybond.protocol_authorization_receipt_v1), receipt_version ("1"), receipt_id, issued_at,
 * status (authorized), intent_id, tenant_id, verifier_id
 * transport_binding    source_protocol (default ap2), then partner_platform, external_authorization_id, request_id
 *                      (at most 256 each, left out when empty)
 * mandate_digest_sha256_hex, imported_mandate_signing_public_key_ed25519_hex
 * authorization, agent, allowed_actions, allowed_tools, spend_ceiling, settlement, constraint, expires_at, nonce,
 * human_presence_mode  as in a mandate, but empty actions or tools are hashed as null, and rail names are not checked
 * </pre>
 *
 * The tenant of {@code authorization} is the receipt's. Source: Paybond Kit wire format, section 10.
 */
public final class AuthorizationReceipt {
    /** The member {@code kind}. */
    public static final String KIND = "paybond.protocol_authorization_receipt_v1";

    private final JsonObject json;

    private AuthorizationReceipt(JsonObject json) {
        this.json = json;
    }

    /**
     * Brings a receipt into normal form. Says nothing about its signature; {@link #verify} does.
     *
     * @throws WireException {@code authorization_receipt.<member>} for the first member that does not fit
     */
    public static AuthorizationReceipt of(JsonObject receipt) {
        return of(receipt, Strictness.STRICT);
    }

    /** As {@link #of(JsonObject)}, in the given strictness. */
    public static AuthorizationReceipt of(JsonObject receipt, Strictness strictness) {
        return new AuthorizationReceipt(normalize(reader(receipt, strictness)));
    }

    private static MemberReader reader(JsonObject receipt, Strictness strictness) {
        return new MemberReader("authorization_receipt", receipt, strictness);
    }

    private static JsonObject normalize(MemberReader receipt) {
        ReceiptParts.requireKind(receipt, KIND);
        String status = receipt.folded("status");
        Rules.require(status.isEmpty() || status.equals("authorized"), receipt.code("status"), "not authorized");
        JsonObject.Builder normal = ReceiptParts.head(KIND)
                .put("receipt_id", receipt.scopeToken("receipt_id"))
                .put("issued_at", receipt.timestamp("issued_at"))
                .put("status", "authorized")
                .put("intent_id", receipt.uuid("intent_id"))
                .put("tenant_id", Rules.tenant(receipt.string("tenant_id"), receipt.code("tenant_id")))
                .put("verifier_id", receipt.scopeToken("verifier_id"))
                .put("transport_binding", ReceiptParts.transport(receipt.object("transport_binding")))
                .put("mandate_digest_sha256_hex", receipt.digest("mandate_digest_sha256_hex"))
                .put("imported_mandate_signing_public_key_ed25519_hex", importedKey(receipt));
        return terms(normal, receipt).build();
    }

    private static String importedKey(MemberReader receipt) {
        return receipt.digest("imported_mandate_signing_public_key_ed25519_hex");
    }

    private static JsonObject.Builder terms(JsonObject.Builder normal, MemberReader receipt) {
        JsonObject authorization = MandateParts.authorization(receipt.object("authorization"));
        String tenant = receipt.trimmed("tenant_id");
        boolean same = authorization.string("tenant_id").orElseThrow().equals(tenant);
        Rules.require(same, receipt.code("authorization_tenant"), "the mandate is of another tenant");
        return normal.put("authorization", authorization)
                .put("agent", MandateParts.agent(receipt.object("agent")))
                .put("allowed_actions", scopes(receipt, "allowed_actions"))
                .put("allowed_tools", scopes(receipt, "allowed_tools"))
                .put("spend_ceiling", MandateParts.spendCeiling(receipt.object("spend_ceiling")))
                .put("settlement", settlement(receipt.object("settlement")))
                .put("constraint", constraint(receipt.object("constraint")))
                .put("expires_at", receipt.timestamp("expires_at"))
                .put("nonce", receipt.required("nonce"))
                .put("human_presence_mode", MandateParts.presence(receipt));
    }

    private static List<String> scopes(MemberReader receipt, String name) {
        return Rules.scopeTokens(receipt.strings(name), receipt.code(name));
    }

    private static JsonObject settlement(MemberReader part) {
        Rules.require(!part.trimmed("default_rail").isEmpty(), part.code("default_rail"), "required");
        return JsonObject.builder()
                .put("default_rail", part.folded("default_rail"))
                .put("allowed_rails", Rules.scopeTokens(part.strings("allowed_rails"), part.code("allowed_rails")))
                .build();
    }

    private static JsonObject constraint(MemberReader part) {
        Rules.require(!part.trimmed("kind").isEmpty(), part.code("constraint_kind"), "required");
        return MandateParts.constraint(part);
    }

    /**
     * Checks a signed receipt: form, expiry, algorithm, digest, key, signature, trust. Strictly, the object must be in
     * its normal spelling; the peer looks at neither spelling nor expiry.
     *
     * @return refused as {@code authorization_receipt.<member>}, or with {@code not_normal}, {@code expired},
     *     {@code digest_mismatch}, {@code signature} or {@code untrusted_key} after the dot; never thrown
     */
    public static Verdict<AuthorizationReceipt> verify(JsonObject signed, TrustedKeys trusted, Clock clock) {
        return verify(signed, trusted, clock, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, TrustedKeys, Clock)}, in the given strictness. */
    public static Verdict<AuthorizationReceipt> verify(
            JsonObject signed, TrustedKeys trusted, Clock clock, Strictness strictness) {
        MemberReader reader = reader(signed, strictness);
        return Checks.run(checks -> {
            AuthorizationReceipt receipt = checks.step("form", () -> new AuthorizationReceipt(normalize(reader)));
            Envelope.requireNormal(
                    checks, reader, Envelope.reseal(receipt.json, reader).build());
            if (reader.isStrict()) {
                checks.require("expiry", receipt.expiresAt().isAfter(clock.instant()), "authorization_receipt.expired");
            }
            ReceiptParts.requireAlgorithm(checks, reader);
            VerifyingKey signer = Envelope.verify(checks, reader, receipt.digest());
            return checks.admit(receipt, signer, trusted, "authorization_receipt.untrusted_key");
        });
    }

    /** The envelope: the receipt and the four members that sign it. */
    public JsonObject sign(Signer signer) {
        return Envelope.seal(json, digest(), signer).build();
    }

    /** The receipt in normal form, without the members that sign it. */
    public JsonObject toJson() {
        return json;
    }

    /** The text that is hashed. */
    public String canonicalJson() {
        return Envelope.goEscaped(canonical());
    }

    /** SHA-256 of {@link #canonicalJson()}; these 32 bytes are signed. */
    public Digest32 digest() {
        return ReceiptParts.digest(canonical());
    }

    private JsonObject canonical() {
        JsonObject transport = json.object("transport_binding").orElseThrow();
        JsonObject canonical = json.with("transport_binding", ReceiptParts.withoutEmptyTexts(transport));
        return nullIfEmpty(nullIfEmpty(canonical, "allowed_actions"), "allowed_tools");
    }

    private static JsonObject nullIfEmpty(JsonObject json, String name) {
        boolean empty = json.array(name).orElseThrow().items().isEmpty();
        return empty ? json.with(name, null) : json;
    }

    /** A scope token in lower case. */
    public String receiptId() {
        return json.string("receipt_id").orElseThrow();
    }

    /** The intent's UUID in lower case. */
    public String intentId() {
        return json.string("intent_id").orElseThrow();
    }

    /** The tenant that the mandate was imported into. */
    public String tenantId() {
        return json.string("tenant_id").orElseThrow();
    }

    /** The digest of the mandate that was imported. */
    public Digest32 mandateDigest() {
        return Digest32.ofHex(json.string("mandate_digest_sha256_hex").orElseThrow());
    }

    /** In whole seconds. */
    public Instant expiresAt() {
        return Timestamps.parse(json.string("expires_at").orElseThrow(), "authorization_receipt.expires_at");
    }
}
