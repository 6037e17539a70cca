package ai.paybond.kit.wire.inclusion;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.internal.Envelope;
import ai.paybond.kit.wire.internal.MemberReader;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;

/**
 * The state of a tenant's log that its operator signs. Immutable. Signed is the SHA-256 of this compact JSON, in this
 * order and without escapes, with Ed25519 over the 32 digest bytes:
 *
 * <pre>
 * kind                   paybond.agent_receipt_transparency_sth_v1
 * schema_version         1
 * tenant_id              string
 * tree_size              number of leaves, 0 to 2^53 - 1
 * root_hash_sha256_hex   64 hexadecimal digits
 * issued_at              text, trimmed and not looked into
 * signing_algorithm      ed25519-sha256-json-v1
 * </pre>
 *
 * Source: Paybond Kit wire format, section 12.
 *
 * @param treeSize number of leaves
 * @param root {@link MerkleTree#root} of them
 * @param issuedAt text as it was signed
 */
public record TreeHead(String tenantId, long treeSize, Digest32 root, String issuedAt) {
    /** The member {@code kind}. */
    public static final String KIND = "paybond.agent_receipt_transparency_sth_v1";

    public TreeHead {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(issuedAt, "issuedAt");
    }

    static TreeHead read(MemberReader head) {
        Rules.require(head.string("kind").equals(KIND), head.code("head_kind"), "not a signed tree head");
        Rules.require(head.number("schema_version").doubleValue() == 1, head.code("head_version"), "not version 1");
        String tenant = head.required("tenant_id");
        long size = head.notNegative("tree_size")
                .safeInteger()
                .orElseThrow(() -> new WireException(head.code("head_size"), "not an integer"));
        boolean algorithm = head.trimmed(Envelope.ALGORITHM_MEMBER).equals(Envelope.ALGORITHM);
        Rules.require(algorithm, head.code("head_algorithm"), "unknown signing algorithm");
        return new TreeHead(
                tenant, size, Digest32.ofHex(head.digest("root_hash_sha256_hex")), head.trimmed("issued_at"));
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("tenant_id", tenantId)
                .put("tree_size", treeSize)
                .put("root_hash_sha256_hex", root.hex())
                .put("issued_at", issuedAt)
                .build();
    }

    /** The text that is hashed; it names the algorithm. */
    public String canonicalJson() {
        return toJson().with(Envelope.ALGORITHM_MEMBER, Envelope.ALGORITHM).toJson();
    }

    /** SHA-256 of {@link #canonicalJson()}; these 32 bytes are signed. */
    public Digest32 digest() {
        return Digest32.sha256(Text.utf8(canonicalJson()));
    }

    /** The signed tree head. */
    public JsonObject sign(Signer log) {
        return Envelope.seal(toJson(), digest(), log).build();
    }
}
