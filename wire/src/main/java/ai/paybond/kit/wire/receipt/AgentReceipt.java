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
 * What an agent was authorised to do, did, and what came of it, for one tool call or for a whole intent. In normal form,
 * immutable. Paybond Kit wire format, section 11.
 */
public final class AgentReceipt {
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
     * Checks a signed receipt: form, place in its chain, algorithm, digest, key, signature, operator, tier, trust. Strictly,
     * the object must be in its normal spelling already, though empty members may be left out.
     */
    public static Verdict<AgentReceipt> verify(JsonObject signed, ReceiptTrust trust) {
        return verify(signed, trust, Strictness.STRICT);
    }

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

    public String receiptId() {
        return json.string("receipt_id").orElseThrow();
    }

    public String tenantId() {
        return json.string("tenant_id").orElseThrow();
    }

    public String intentId() {
        return text("references", "intent_id").orElseThrow();
    }

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

    public Optional<Continuity> continuity() {
        return json.object("continuity").map(part -> Continuity.read(reader(part, Strictness.STRICT)));
    }
}
