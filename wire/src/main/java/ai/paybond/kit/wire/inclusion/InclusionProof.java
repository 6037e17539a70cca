package ai.paybond.kit.wire.inclusion;

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
import ai.paybond.kit.wire.receipt.AgentReceipt;
import java.util.List;
import java.util.Objects;

/**
 * The claim that one receipt is a leaf of a signed tree. Immutable. Signed is the tree head, nothing else; the rest is
 * proved by hashing up to the head's root. Digests are 64 hexadecimal digits:
 *
 * <pre>
 * kind (paybond.agent_receipt_transparency_inclusion_proof_v1), schema_version (1), tenant_id, receipt_id,
 * message_digest_sha256_hex, leaf_index, tree_size, leaf_hash_sha256_hex, audit_path_sha256_hex (leaf to root),
 * root_hash_sha256_hex, tree_head
 * </pre>
 *
 * Tree sizes are 1 to 2^53 - 1, indexes from zero; the path must have exactly the length its place in the tree asks
 * for, at most 53. Source: Paybond Kit wire format, section 12, and RFC 6962, section 2.1.1.
 *
 * @param leafIndex from zero, below the tree's size
 * @param leaf {@link MerkleTree#leaf} of the receipt's digest
 * @param receiptId named by the proof but not bound by it: compare it with the receipt itself
 * @param receiptDigest the message digest of the receipt, which is what the tree holds
 * @param path siblings from the leaf to the root
 */
public record InclusionProof(
        String receiptId, Digest32 receiptDigest, long leafIndex, Digest32 leaf, List<Digest32> path, TreeHead head) {
    /** The member {@code kind}. */
    public static final String KIND = "paybond.agent_receipt_transparency_inclusion_proof_v1";

    public InclusionProof {
        Objects.requireNonNull(receiptId, "receiptId");
        Objects.requireNonNull(receiptDigest, "receiptDigest");
        Objects.requireNonNull(leaf, "leaf");
        Objects.requireNonNull(head, "head");
        path = List.copyOf(path);
    }

    /**
     * Checks that the proof is whole and is about this receipt, of this tenant. Says nothing about the receipt's
     * signature.
     *
     * @return refused as {@code inclusion.<member>}, {@code inclusion.not_normal}, {@code inclusion.digest_mismatch},
     *     {@code inclusion.signature}, {@code inclusion.leaf}, {@code inclusion.path_short}, {@code inclusion.path_long},
     *     {@code inclusion.root}, {@code inclusion.receipt_id}, {@code inclusion.receipt_digest}, {@code inclusion.tenant_id}
     *     or {@code inclusion.untrusted_key}; never thrown
     */
    public static Verdict<InclusionProof> verify(JsonObject proof, AgentReceipt receipt, TrustedKeys logKeys) {
        return verify(proof, logKeys, Strictness.STRICT, (checks, found) -> {
            checks.require("receipt", found.receiptId.equals(receipt.receiptId()), "inclusion.receipt_id");
            checks.require("receipt digest", found.receiptDigest.equals(receipt.digest()), "inclusion.receipt_digest");
            checks.require("receipt tenant", found.head.tenantId().equals(receipt.tenantId()), "inclusion.tenant_id");
        });
    }

    /** Checks that the proof is whole, whatever receipt it is about. */
    public static Verdict<InclusionProof> verify(JsonObject proof, TrustedKeys logKeys) {
        return verify(proof, logKeys, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, TrustedKeys)}, in the given strictness. */
    public static Verdict<InclusionProof> verify(JsonObject proof, TrustedKeys logKeys, Strictness strictness) {
        return verify(proof, logKeys, strictness, (checks, found) -> {});
    }

    /** What else must hold of a proof that is whole. */
    private interface Subject {
        void require(Checks checks, InclusionProof proof);
    }

    private static Verdict<InclusionProof> verify(
            JsonObject json, TrustedKeys logKeys, Strictness strictness, Subject subject) {
        MemberReader reader = new MemberReader("inclusion", json, strictness);
        return Checks.run(checks -> {
            InclusionProof proof = checks.step("form", () -> read(reader));
            MemberReader headReader = reader.object("tree_head");
            Envelope.requireNormal(checks, reader, proof.normal(headReader));
            VerifyingKey log = Envelope.verify(checks, headReader, proof.head.digest());
            checks.step("agreement", () -> proof.requireAgreement(reader));
            checks.step("path", proof::requireRoot);
            subject.require(checks, proof);
            return checks.admit(proof, log, logKeys, "inclusion.untrusted_key");
        });
    }

    private static InclusionProof read(MemberReader proof) {
        Rules.require(proof.string("kind").equals(KIND), proof.code("kind"), "not an inclusion proof");
        Rules.require(proof.number("schema_version").doubleValue() == 1, proof.code("schema_version"), "not version 1");
        proof.required("tenant_id");
        String receiptId = proof.required("receipt_id");
        long size = integer(proof, "tree_size");
        long index = integer(proof, "leaf_index");
        Rules.require(size >= 1, proof.code("tree_size"), "an empty tree holds nothing");
        Rules.require(index >= 0 && index < size, proof.code("leaf_index"), "no such leaf");
        Digest32 digest = Digest32.ofHex(proof.digest("message_digest_sha256_hex"));
        Digest32 leaf = Digest32.ofHex(proof.digest("leaf_hash_sha256_hex"));
        proof.digest("root_hash_sha256_hex");
        TreeHead head = TreeHead.read(proof.object("tree_head"));
        return new InclusionProof(receiptId, digest, index, leaf, path(proof), head);
    }

    private static long integer(MemberReader proof, String name) {
        return proof.number(name)
                .safeInteger()
                .orElseThrow(() -> new WireException(proof.code(name), "not an exact integer"));
    }

    private static List<Digest32> path(MemberReader proof) {
        String name = "audit_path_sha256_hex";
        return proof.strings(name).stream()
                .map(hash -> Digest32.ofHex(Rules.digestHex(hash, proof.code(name))))
                .toList();
    }

    /** What the proof says beside the signed head must be what the head says. */
    private boolean requireAgreement(MemberReader proof) {
        boolean tenant = proof.trimmed("tenant_id").equals(head.tenantId());
        Rules.require(tenant, proof.code("tenant_id"), "the tree is of another tenant");
        boolean size = integer(proof, "tree_size") == head.treeSize();
        Rules.require(size, proof.code("tree_size"), "the tree is of another size");
        boolean root = proof.digest("root_hash_sha256_hex").equals(head.root().hex());
        Rules.require(root, proof.code("root_hash_sha256_hex"), "the tree has another root");
        return true;
    }

    private boolean requireRoot() {
        Rules.require(MerkleTree.leaf(receiptDigest).equals(leaf), "inclusion.leaf", "the leaf is of another receipt");
        Digest32 root = MerkleTree.rootFromPath(leaf, leafIndex, head.treeSize(), path);
        Rules.require(root.equals(head.root()), "inclusion.root", "the path does not lead to the root");
        return true;
    }

    /** The proof with its tree head signed. */
    public JsonObject sign(Signer log) {
        return with(head.sign(log));
    }

    private JsonObject normal(MemberReader signedHead) {
        return with(Envelope.reseal(head.toJson(), signedHead).build());
    }

    private JsonObject with(JsonObject signedHead) {
        return JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("tenant_id", head.tenantId())
                .put("receipt_id", receiptId)
                .put("message_digest_sha256_hex", receiptDigest.hex())
                .put("leaf_index", leafIndex)
                .put("tree_size", head.treeSize())
                .put("leaf_hash_sha256_hex", leaf.hex())
                .put("audit_path_sha256_hex", path.stream().map(Digest32::hex).toList())
                .put("root_hash_sha256_hex", head.root().hex())
                .put("tree_head", signedHead)
                .build();
    }
}
