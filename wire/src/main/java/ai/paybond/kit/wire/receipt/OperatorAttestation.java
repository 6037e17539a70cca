package ai.paybond.kit.wire.receipt;

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
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * The second signature under an agent receipt, by the agent's operator, over the same 32 digest bytes as the Gateway's:
 * the member {@value #MEMBER} with {@code operator_did}, {@code signing_public_key_ed25519_hex},
 * {@code message_digest_sha256_hex} and {@code ed25519_signature_hex}, in this order. The receipt's digest does not
 * cover it. Source: Paybond Kit wire format, sections 11.4 and 11.6.
 */
public final class OperatorAttestation {
    /** The receipt's member that holds it. */
    public static final String MEMBER = "operator_attestation";

    private OperatorAttestation() {}

    /**
     * Signs a receipt as the operator of its agent, if the receipt itself verifies.
     *
     * @param operatorDid trimmed; the {@link AgentReceipt#operatorDid()} of the receipt
     * @return the object to put under {@value #MEMBER}
     * @throws WireException the code of the receipt's own refusal, {@code agent_receipt.operator_did} if the operator
     *     is not
     *     the one the receipt names
     */
    public static JsonObject sign(JsonObject signedReceipt, Signer operator, String operatorDid, ReceiptTrust trust) {
        return sign(AgentReceipt.verify(signedReceipt, trust).orThrow(), operator, operatorDid);
    }

    /** As {@link #sign(JsonObject, Signer, String, ReceiptTrust)}, whoever signed the receipt. */
    public static JsonObject sign(
            JsonObject signedReceipt, Signer operator, String operatorDid, Strictness strictness) {
        ReceiptTrust trust = ReceiptTrust.in(TrustedKeys.unpinned()).operators(TrustedKeys.unpinned());
        Verdict<AgentReceipt> verdict = AgentReceipt.verify(signedReceipt, trust, strictness);
        if (verdict instanceof Verdict.ValidUnpinned<AgentReceipt> whole) {
            return sign(whole.value(), operator, operatorDid);
        }
        throw new WireException(verdict.code(), "the receipt does not verify");
    }

    private static JsonObject sign(AgentReceipt receipt, Signer operator, String operatorDid) {
        String did = Text.trim(operatorDid);
        boolean same = !did.isEmpty() && did.equals(receipt.operatorDid());
        Rules.require(same, "agent_receipt.operator_did", "not the operator of the receipt's agent");
        Digest32 digest = receipt.digest();
        return JsonObject.builder()
                .put("operator_did", did)
                .put(Envelope.KEY_MEMBER, operator.publicKey().hex())
                .put(Envelope.DIGEST_MEMBER, digest.hex())
                .put(Envelope.SIGNATURE_MEMBER, Hex.encode(operator.sign(digest.bytes())))
                .build();
    }

    static void verify(Checks checks, AgentReceipt receipt, JsonObject attestation, TrustedKeys operators) {
        String did = attestation.string("operator_did").orElseThrow();
        checks.require("operator", did.equals(receipt.operatorDid()), "agent_receipt.operator_did");
        String stated = attestation.string(Envelope.DIGEST_MEMBER).orElseThrow();
        checks.require("operator digest", stated.equals(receipt.digest().hex()), "agent_receipt.operator_digest");
        String code = "agent_receipt.operator_signature";
        VerifyingKey key =
                checks.step("operator key", () -> Envelope.key(text(attestation, Envelope.KEY_MEMBER), code));
        boolean trusted = operators.isUnpinned() || operators.contains(key);
        checks.require("operator trust", trusted, "agent_receipt.untrusted_operator");
        byte[] signature = checks.step(
                "operator signature form",
                () -> Envelope.signature(text(attestation, Envelope.SIGNATURE_MEMBER), code));
        checks.require("operator signature", key.verify(receipt.digest().bytes(), signature), code);
    }

    private static String text(JsonObject attestation, String name) {
        return attestation.string(name).orElse("");
    }
}
