package ai.paybond.kit.harbor;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.inclusion.MerkleTree;
import java.util.List;

/**
 * How one row of a ledger hangs below the root of a checkpoint. The tree is that of RFC 6962 with SHA-256.
 *
 * @param sequence the row's number, counting from 1
 * @param entryCommitment the row's commitment
 * @param path the siblings from the row's leaf up to the root
 * @param checkpoint the state of the ledger that it is proved for
 */
public record LedgerProof(long sequence, Digest32 entryCommitment, List<Digest32> path, LedgerCheckpoint checkpoint) {
    public LedgerProof {
        path = List.copyOf(path);
    }

    static LedgerProof of(Reply reply, long sequence, String tenantId) {
        long proved = reply.integer("seq");
        if (proved != sequence) {
            throw reply.mismatch("row", Long.toString(sequence), Long.toString(proved));
        }
        return new LedgerProof(
                sequence,
                reply.digest("entry_commitment_hex"),
                digests(reply),
                LedgerCheckpoint.of(reply.in("checkpoint"), tenantId));
    }

    private static List<Digest32> digests(Reply reply) {
        String member = "audit_path_sha256_hex";
        try {
            return reply.strings(member).stream().map(Digest32::ofHex).toList();
        } catch (WireException e) {
            throw reply.wrongType(member, "an array of digests");
        }
    }

    /** Whether the path leads from the row to the checkpoint's root. Says nothing of who signed the checkpoint. */
    public boolean leadsToRoot() {
        if (sequence < 1 || sequence > checkpoint.treeSize()) {
            return false;
        }
        try {
            Digest32 leaf = MerkleTree.leaf(entryCommitment);
            Digest32 root = MerkleTree.rootFromPath(leaf, sequence - 1, checkpoint.treeSize(), path);
            return root.equals(checkpoint.root());
        } catch (WireException e) {
            return false;
        }
    }
}
