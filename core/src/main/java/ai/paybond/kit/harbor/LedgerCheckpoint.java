package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * The signed state of a ledger: the root of the Merkle tree over its rows. Paybond has not published its own form; this is
 * the one of our sandbox, described in {@code docs/decisions/0005-ledger-rows.md}.
 *
 * @param treeSize how many rows it covers
 * @param root the root of the tree
 * @param issuedAt when it was signed, RFC 3339
 * @param raw the whole checkpoint
 */
public record LedgerCheckpoint(long treeSize, Digest32 root, String issuedAt, JsonObject raw) {
    private static final String SIGNATURE = "signature_hex";
    private static final String KEY = "issuer_pubkey_hex";

    static LedgerCheckpoint of(Reply checkpoint, String tenantId) {
        checkpoint.ofTenant("tenant_id", tenantId);
        return new LedgerCheckpoint(
                checkpoint.integer("tree_size"),
                checkpoint.digest("root_hash_sha256_hex"),
                checkpoint.string("issued_at"),
                checkpoint.json());
    }

    /** Whether this key signed it as it stands. */
    public boolean isSignedBy(VerifyingKey authority) {
        try {
            byte[] statement = CanonicalJson.strictBytes(raw.without(KEY).without(SIGNATURE));
            return authority.verify(statement, Hex.decode(raw.string(SIGNATURE).orElse("")));
        } catch (WireException e) {
            return false;
        }
    }
}
