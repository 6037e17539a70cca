package ai.paybond.kit.wire;

import ai.paybond.kit.wire.conformance.VectorFiles;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.inclusion.MerkleTree;
import ai.paybond.kit.wire.inclusion.TreeHead;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Signed objects to attack, taken from the vectors. */
public final class Samples {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    private Samples() {}

    public static SigningKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return SigningKey.fromSeed(seed);
    }

    /** The entry of a vector file with this name. */
    public static JsonObject entry(String file, String list, String name) {
        return VectorFiles.read(file)
                .array(list)
                .orElseThrow()
                .objectItems()
                .filter(entry -> entry.string("name").orElse("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static JsonObject json(JsonObject entry, String member) {
        return JsonObject.parse(entry.string(member).orElseThrow(), JsonLimits.lenient());
    }

    public static JsonObject mandate() {
        return json(entry("agent-mandate.json", "vectors", "whitespace/case/dups"), "signed_json");
    }

    public static JsonObject authorizationReceipt() {
        return json(entry("protocol-receipt.json", "authorization", "full transport"), "signed_json");
    }

    public static JsonObject settlementReceipt() {
        return json(entry("protocol-receipt.json", "settlement", "released"), "signed_json");
    }

    public static JsonObject agentReceipt() {
        return json(entry("agent-receipt.json", "vectors", "action full"), "signed_receipt_json");
    }

    public static JsonObject attestedReceipt() {
        return json(entry("agent-receipt.json", "verify", "valid with operator attestation"), "receipt_json");
    }

    public static JsonObject linkedReceipt() {
        return json(entry("agent-receipt.json", "vectors", "continuity seq 2"), "signed_receipt_json");
    }

    /** Proof that {@link #agentReceipt} is the third of five receipts of its tenant. */
    public static JsonObject inclusionProof() {
        AgentReceipt receipt = AgentReceipt.of(agentReceipt());
        List<Digest32> leaves = Stream.of("a", "b", receipt.digest().hex(), "d", "e")
                .map(text ->
                        text.length() == 1 ? Digest32.sha256(text.getBytes(StandardCharsets.UTF_8)) : receipt.digest())
                .map(MerkleTree::leaf)
                .toList();
        TreeHead head = new TreeHead(receipt.tenantId(), 5, MerkleTree.root(leaves), "2026-07-01T12:00:00Z");
        return new InclusionProof(
                        receipt.receiptId(), receipt.digest(), 2, leaves.get(2), MerkleTree.path(leaves, 2), head)
                .sign(key(5));
    }

    public static JsonObject decisionRecord() {
        return json(entry("sep2828.json", "pairs", "valid"), "decision_json");
    }

    public static JsonObject outcomeRecord() {
        return json(entry("sep2828.json", "pairs", "valid"), "outcome_json");
    }

    public static JsonObject auditManifest() {
        return json(entry("audit-manifest.json", "vectors", "basic"), "manifest_json");
    }

    public static JsonObject scittExport() {
        JsonObject file = VectorFiles.read("agent-receipt-interop.json");
        return json(file.array("scitt").orElseThrow().objectItems().findFirst().orElseThrow(), "export_json");
    }

    public static JsonObject typedReceipt() {
        return entry("x402.json", "eip712_variations", "upper-case expected")
                .object("signed")
                .orElseThrow();
    }

    public static String typedReceiptSigner() {
        return "0x839de864560f780e14f7199d3ee3f8f3a1387b7d";
    }

    public static JsonObject jwsReceipt() {
        return entry("x402.json", "jws", "EdDSA thumbprint pin")
                .object("signed")
                .orElseThrow();
    }

    public static String jwsReceiptSigner() {
        return entry("x402.json", "jws", "EdDSA thumbprint pin")
                .string("expected_signer")
                .orElseThrow();
    }

    /** Trusts the key that the object itself carries; for tests about everything else. */
    public static TrustedKeys ownKey(JsonObject signed) {
        return TrustedKeys.ofHex(
                List.of(signed.string("signing_public_key_ed25519_hex").orElseThrow()));
    }
}
