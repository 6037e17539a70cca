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
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent was authorised to do, did, and what came of it, for one tool call or for a whole intent. In normal
 * form, immutable. Signed is the SHA-256 of the canonical JSON, with Ed25519 over the 32 digest bytes. The members in
 * the order they are hashed; those with a question mark are left out when absent, empty or zero:
 *
 * <pre>
 * schema_version (1), kind (paybond.agent_receipt_v1), receipt_version ("1"), scope (action, intent_terminal),
 * receipt_id, issued_at, tenant_id
 * authorization           principal_did, actor_subject,
 *                         agent {operator_did, model_family, model_instance_id?, config_hash_sha256_hex,
 *                         prompt_hash_sha256_hex, deployment_epoch?}, decision_id, audit_id?,
 *                         policy {template_id, version_seq?, content_digest_sha256_hex, spend_policy_version?},
 *                         authorized_at, requested_spend_cents, currency, reason_codes?, mandate_digest_sha256_hex?,
 *                         mandate_reference_id?, zk_policy_proof_digest_sha256_hex?
 * execution               run_id, tool_call_id, tool_name, operation, arguments_digest_sha256_hex,
 * (actions only)          result_digest_sha256_hex?, outcome, started_at, completed_at, duration_ms?,
 *                         tee_attestation_digest_sha256_hex?
 * merchant?               payee_did, vendor_id?, vendor_ref_id?
 * evidence?               completion_preset_id, payload_digest_sha256_hex, artifacts_digest_sha256_hex?,
 *                         predicate_passed, payee_did, payee_signature_digest_sha256_hex?
 * payment?                intent_id, settlement_rail, funding_method?, funding_reference?,
 *                         funding_receipt_digest_sha256_hex?
 * outcome                 harbor_state, spend_reservation_outcome?, predicate_passed (false stays), settlement_outcome?
 * references              intent_id, ledger_seq?, settlement_receipt_id (null if none)
 * external_attestations   null if none, else {source, kind, digest_sha256_hex, reference_id?}, in the order given
 * continuity?             {@link Continuity}
 * </pre>
 *
 * Money is in cents, durations in milliseconds, times are whole seconds in UTC, digests 64 lower-case hexadecimal
 * digits. The id of an action follows from intent and tool call ({@link ReceiptHashes#actionReceiptId}); the id of a
 * terminal receipt is the intent's. Not hashed: {@code operator_attestation} ({@link OperatorAttestation}) and the four
 * members that sign. Source: Paybond Kit wire format, section 11.
 */
public final class AgentReceipt {
    /** The member {@code kind}. */
    public static final String KIND = "paybond.agent_receipt_v1";

    static final String ACTION = "action";
    static final String TERMINAL = "intent_terminal";

    /** Content that a receipt carries as hashes only. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of(
            "user_prompt", "system_prompt", "tool_arguments", "tool_results", "evidence_payload", "payee_signature");

    private final JsonObject json;

    private AgentReceipt(JsonObject json) {
        this.json = json;
    }

    /**
     * Brings a receipt into normal form. Says nothing about its signature; {@link #verify} does.
     *
     * @throws WireException {@code agent_receipt.<member>} for the first member that does not fit, and
     *     {@code agent_receipt.private_member} for content that must not be in a receipt
     */
    public static AgentReceipt of(JsonObject receipt) {
        return of(receipt, Strictness.STRICT);
    }

    /** As {@link #of(JsonObject)}, in the given strictness; the peer does not look for private content here. */
    public static AgentReceipt of(JsonObject receipt, Strictness strictness) {
        return normalize(reader(receipt, strictness));
    }

    static MemberReader reader(JsonObject receipt, Strictness strictness) {
        return new MemberReader("agent_receipt", receipt, strictness);
    }

    private static AgentReceipt normalize(MemberReader receipt) {
        if (receipt.isStrict()) {
            Rules.require(!isPrivate(receipt.json()), "agent_receipt.private_member", "private content in a receipt");
        }
        return new AgentReceipt(new AgentReceiptReader(receipt).read());
    }

    private static boolean isPrivate(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object.members().entrySet().stream()
                    .anyMatch(member -> PRIVATE_MEMBERS.contains(member.getKey()) || isPrivate(member.getValue()));
        }
        return value instanceof JsonArray array && array.items().stream().anyMatch(AgentReceipt::isPrivate);
    }

    /**
     * Checks a signed receipt: form, place in its chain, algorithm, digest, key, signature, operator, tier, trust.
     * Strictly, the object must be in its normal spelling already, though empty members may be left out.
     *
     * @return refused as {@code agent_receipt.<member>}, {@code agent_receipt.not_normal},
     *     {@code agent_receipt.continuity},
     *     {@code agent_receipt.digest_mismatch}, {@code agent_receipt.signature}, {@code agent_receipt.tier}, one of the
     *     operator's codes ({@code operator_did}, {@code operator_digest}, {@code operator_signature},
     *     {@code untrusted_operator}) or {@code agent_receipt.untrusted_key}; never thrown
     */
    public static Verdict<AgentReceipt> verify(JsonObject signed, ReceiptTrust trust) {
        return verify(signed, trust, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, ReceiptTrust)}, in the given strictness. */
    public static Verdict<AgentReceipt> verify(JsonObject signed, ReceiptTrust trust, Strictness strictness) {
        MemberReader reader = reader(signed, strictness);
        return Checks.run(checks -> {
            AgentReceipt receipt = checks.step("form", () -> normalize(reader));
            Envelope.requireNormalBesideEmpty(
                    checks, reader, Envelope.reseal(receipt.json, reader).build());
            receipt.requirePlace(checks, trust);
            ReceiptParts.requireAlgorithm(checks, reader);
            VerifyingKey signer = Envelope.verify(checks, reader, receipt.digest());
            receipt.json
                    .object(OperatorAttestation.MEMBER)
                    .ifPresent(attestation ->
                            OperatorAttestation.verify(checks, receipt, attestation, trust.operatorKeys()));
            receipt.requireTier(checks, trust);
            return checks.admit(receipt, signer, trust.gatewayKeys(), "agent_receipt.untrusted_key");
        });
    }

    private void requirePlace(Checks checks, ReceiptTrust trust) {
        trust.expectedPrior().ifPresent(prior -> {
            boolean follows = continuity()
                    .filter(link -> link.sequenceNumber() >= 2 && prior.equals(link.previous()))
                    .isPresent();
            checks.require("continuity", follows, "agent_receipt.continuity");
        });
    }

    private void requireTier(Checks checks, ReceiptTrust trust) {
        ValidityTier required = trust.requiredTier();
        boolean reached = achievedTier(trust.operatorKeys()).compareTo(required) >= 0;
        checks.require("tier " + required.text(), reached, "agent_receipt.tier");
    }

    /**
     * The highest tier this receipt's content can claim. Meaningful only for a receipt that was verified.
     *
     * @param operators the operators vouched for; unpinned vouches for none
     */
    public ValidityTier achievedTier(TrustedKeys operators) {
        if (!isPrimary()) {
            return ValidityTier.OPERATIONAL;
        }
        boolean attested = json.object(OperatorAttestation.MEMBER)
                .flatMap(attestation -> attestation.string(Envelope.KEY_MEMBER))
                .filter(key -> isTrusted(key, operators))
                .isPresent();
        return attested ? ValidityTier.ATTESTED : ValidityTier.PRIMARY;
    }

    private static boolean isTrusted(String keyHex, TrustedKeys operators) {
        try {
            return operators.contains(VerifyingKey.ofHex(keyHex));
        } catch (WireException e) {
            return false;
        }
    }

    private boolean isPrimary() {
        Optional<JsonObject> evidence = json.object("evidence");
        boolean signed = evidence.filter(part -> part.has("payee_signature_digest_sha256_hex"))
                .isPresent();
        return signed
                && agree(text("payment", "intent_id"), text("references", "intent_id"))
                && agree(text("merchant", "payee_did"), text("evidence", "payee_did"));
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private Optional<String> text(String part, String member) {
        return json.object(part).flatMap(object -> object.string(member));
    }

    /** The signed receipt: its members and the four that sign it. */
    public JsonObject sign(Signer gateway) {
        return Envelope.seal(json, digest(), gateway).build();
    }

    /** The receipt in normal form, without the members that sign it. */
    public JsonObject toJson() {
        return json;
    }

    /** The normal form of a signed receipt. */
    public static JsonObject normalizeSigned(JsonObject signed, Strictness strictness) {
        MemberReader reader = reader(signed, strictness);
        return Envelope.reseal(normalize(reader).json, reader).build();
    }

    /** The text that is hashed: without the operator's attestation and without what is empty. */
    public String canonicalJson() {
        return AgentReceiptCanonical.of(json).toJson();
    }

    /** SHA-256 of {@link #canonicalJson()}; these 32 bytes are signed. */
    public Digest32 digest() {
        return Digest32.sha256(Text.utf8(canonicalJson()));
    }

    /** Lower case: 64 hexadecimal digits for an action, the intent's UUID for its end. */
    public String receiptId() {
        return json.string("receipt_id").orElseThrow();
    }

    /** The tenant whose agent acted. */
    public String tenantId() {
        return json.string("tenant_id").orElseThrow();
    }

    /** The intent's UUID in lower case. */
    public String intentId() {
        return text("references", "intent_id").orElseThrow();
    }

    /** Who operates the agent, and the only one who can attest this receipt. */
    public String operatorDid() {
        return json.object("authorization")
                .flatMap(part -> part.object("agent"))
                .flatMap(agent -> agent.string("operator_did"))
                .orElseThrow();
    }

    /** True for one tool call, false for the end of an intent. */
    public boolean isAction() {
        return json.string("scope").orElseThrow().equals(ACTION);
    }

    /** The run this receipt belongs to, by its link or by its execution. */
    public Optional<String> runId() {
        return text("continuity", "run_id").or(() -> text("execution", "run_id"));
    }

    /** The link to the receipt before, if the receipt has one. */
    public Optional<Continuity> continuity() {
        return json.object("continuity").map(part -> Continuity.read(reader(part, Strictness.STRICT)));
    }
}
