package ai.paybond.kit.sandbox.internal.ledger;

import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.inclusion.MerkleTree;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Signed states of a ledger: the root of the tree whose leaves are the commitments of its rows. docs/decisions/0005. */
final class Checkpoints {
    private static final String KIND = "paybond.sandbox_ledger_checkpoint_v1";
    private static final String SIGNATURE = "signature_hex";
    private static final String KEY = "issuer_pubkey_hex";

    private Checkpoints() {}

    static JsonObject sign(String tenantId, List<LedgerRow> rows, Instant at, SigningKey issuer) {
        JsonObject statement = JsonObject.builder()
                .put("kind", KIND)
                .put("schema_version", 1)
                .put("tenant_id", tenantId)
                .put("tree_size", rows.size())
                .put("root_hash_sha256_hex", root(rows))
                .put("issued_at", DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS)))
                .build();
        return statement
                .with(KEY, issuer.publicKey().hex())
                .with(SIGNATURE, Hex.encode(issuer.sign(CanonicalJson.strictBytes(statement))));
    }

    static String root(List<LedgerRow> rows) {
        return MerkleTree.root(leaves(rows)).hex();
    }

    static List<String> path(List<LedgerRow> rows, int index) {
        return MerkleTree.path(leaves(rows), index).stream().map(Digest32::hex).toList();
    }

    private static List<Digest32> leaves(List<LedgerRow> rows) {
        return rows.stream()
                .map(row -> MerkleTree.leaf(Digest32.ofHex(row.entryCommitment())))
                .toList();
    }

    /** Whether the issuer signed this checkpoint, and for exactly these rows. */
    static boolean isOf(JsonObject checkpoint, List<LedgerRow> rows, VerifyingKey issuer) {
        try {
            byte[] statement = CanonicalJson.strictBytes(checkpoint.without(KEY).without(SIGNATURE));
            return checkpoint.string("root_hash_sha256_hex").orElse("").equals(root(rows))
                    && checkpoint.integer("tree_size").orElse(-1L) == rows.size()
                    && issuer.verify(
                            statement, Hex.decode(checkpoint.string(SIGNATURE).orElse("")));
        } catch (WireException e) {
            return false;
        }
    }
}
