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
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Proof of how an intent ended, in normal form. Immutable. Signed is the SHA-256 of the canonical text, with Ed25519
 * over the 32 digest bytes; escapes and envelope are those of {@link ai.paybond.kit.wire.mandate.AgentMandate}. The
 * members in the order they are hashed:
 *
 * <pre>
 * schema_version (1), kind (paybond.protocol_settlement_receipt_v1), receipt_version ("1"),
 * receipt_id (equal to intent_id), issued_at, intent_id, tenant_id, verifier_id
 * transport_binding      as in {@link AuthorizationReceipt}
 * authorization_receipt_id, mandate_digest_sha256_hex
 * harbor_state           released, refunded, resolved_split, escalated_external
 * predicate_passed       only if there is a boolean
 * settlement_rail, settlement_mode, principal_did, payee_did, currency
 * amount_cents           integer above 0, cents
 * terminal_observed_at   whole seconds in UTC
 * </pre>
 *
 * Nothing in it expires. Source: Paybond Kit wire format, section 10.
 */
public final class SettlementReceipt {
    /** The member {@code kind}. */
    public static final String KIND = "paybond.protocol_settlement_receipt_v1";

    private static final Set<String> TERMINAL_STATES =
            Set.of("released", "refunded", "resolved_split", "escalated_external");

    private final JsonObject json;
    private final Optional<Boolean> predicatePassed;

    private SettlementReceipt(JsonObject json, Optional<Boolean> predicatePassed) {
        this.json = json;
        this.predicatePassed = predicatePassed;
    }

    /**
     * Brings a receipt into normal form. Says nothing about its signature; {@link #verify} does.
     *
     * @throws WireException {@code settlement_receipt.<member>} for the first member that does not fit
     */
    public static SettlementReceipt of(JsonObject receipt) {
        return of(receipt, Strictness.STRICT);
    }

    /** As {@link #of(JsonObject)}, in the given strictness. */
    public static SettlementReceipt of(JsonObject receipt, Strictness strictness) {
        return normalize(reader(receipt, strictness));
    }

    private static MemberReader reader(JsonObject receipt, Strictness strictness) {
        return new MemberReader("settlement_receipt", receipt, strictness);
    }

    private static SettlementReceipt normalize(MemberReader receipt) {
        ReceiptParts.requireKind(receipt, KIND);
        String receiptId = receipt.scopeToken("receipt_id");
        String issuedAt = receipt.timestamp("issued_at");
        String intentId = receipt.uuid("intent_id");
        Rules.require(receiptId.equals(intentId), receipt.code("receipt_id"), "the receipt is named by its intent");
        JsonObject.Builder normal = ReceiptParts.head(KIND)
                .put("receipt_id", receiptId)
                .put("issued_at", issuedAt)
                .put("intent_id", intentId)
                .put("tenant_id", Rules.tenant(receipt.string("tenant_id"), receipt.code("tenant_id")))
                .put("verifier_id", receipt.scopeToken("verifier_id"))
                .put("transport_binding", ReceiptParts.transport(receipt.object("transport_binding")))
                .put("authorization_receipt_id", receipt.scopeToken("authorization_receipt_id"))
                .put("mandate_digest_sha256_hex", receipt.digest("mandate_digest_sha256_hex"));
        return new SettlementReceipt(outcome(normal, receipt).build(), receipt.bool("predicate_passed"));
    }

    private static JsonObject.Builder outcome(JsonObject.Builder normal, MemberReader receipt) {
        String state = Rules.oneOf(receipt.string("harbor_state"), TERMINAL_STATES, receipt.code("harbor_state"));
        String rail = receipt.required("settlement_rail").toLowerCase(Locale.ROOT);
        return normal.put("harbor_state", state)
                .put("settlement_rail", rail)
                .put("settlement_mode", receipt.required("settlement_mode"))
                .put("principal_did", receipt.trimmed("principal_did"))
                .put("payee_did", receipt.trimmed("payee_did"))
                .put("currency", receipt.required("currency").toLowerCase(Locale.ROOT))
                .put("amount_cents", receipt.positive("amount_cents"))
                .put("terminal_observed_at", receipt.timestamp("terminal_observed_at"));
    }

    /**
     * Checks a signed receipt: form, algorithm, digest, key, signature, trust. Strictly, the object must be in its
     * normal spelling.
     *
     * @return refused as {@code settlement_receipt.<member>}, or with {@code not_normal}, {@code digest_mismatch},
     *     {@code signature} or {@code untrusted_key} after the dot; never thrown
     */
    public static Verdict<SettlementReceipt> verify(JsonObject signed, TrustedKeys trusted) {
        return verify(signed, trusted, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, TrustedKeys)}, in the given strictness. */
    public static Verdict<SettlementReceipt> verify(JsonObject signed, TrustedKeys trusted, Strictness strictness) {
        MemberReader reader = reader(signed, strictness);
        return Checks.run(checks -> {
            SettlementReceipt receipt = checks.step("form", () -> normalize(reader));
            Envelope.requireNormal(checks, reader, receipt.withPredicate(Envelope.reseal(receipt.json, reader)));
            ReceiptParts.requireAlgorithm(checks, reader);
            VerifyingKey signer = Envelope.verify(checks, reader, receipt.digest());
            return checks.admit(receipt, signer, trusted, "settlement_receipt.untrusted_key");
        });
    }

    /** The envelope: the receipt, the four members that sign it, and last the predicate's answer if there is one. */
    public JsonObject sign(Signer signer) {
        return withPredicate(Envelope.seal(json, digest(), signer));
    }

    private JsonObject withPredicate(JsonObject.Builder envelope) {
        return envelope.putIfPresent("predicate_passed", predicatePassed.orElse(null))
                .build();
    }

    /** The receipt in normal form, without the members that sign it; the predicate's answer stands last. */
    public JsonObject toJson() {
        return withPredicate(JsonObject.builder().putAll(json));
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
        JsonObject.Builder canonical = JsonObject.builder();
        json.members().forEach((name, value) -> {
            if (name.equals("transport_binding")) {
                canonical.put(name, ReceiptParts.withoutEmptyTexts((JsonObject) value));
            } else {
                canonical.put(name, value);
            }
            if (name.equals("harbor_state")) {
                canonical.putIfPresent("predicate_passed", predicatePassed.orElse(null));
            }
        });
        return canonical.build();
    }

    /** The intent's UUID in lower case, which is also the receipt's id. */
    public String intentId() {
        return json.string("intent_id").orElseThrow();
    }

    /** The tenant of the intent. */
    public String tenantId() {
        return json.string("tenant_id").orElseThrow();
    }

    /** {@code released}, {@code refunded}, {@code resolved_split} or {@code escalated_external}. */
    public String harborState() {
        return json.string("harbor_state").orElseThrow();
    }

    /** Empty if no predicate was evaluated. */
    public Optional<Boolean> predicatePassed() {
        return predicatePassed;
    }

    /** In cents of {@link #currency()}. */
    public long amountCents() {
        return json.integer("amount_cents")
                .orElseThrow(() -> new WireException("settlement_receipt.amount_cents", "not an exact integer"));
    }

    /** Lower case, not blank. */
    public String currency() {
        return json.string("currency").orElseThrow();
    }
}
