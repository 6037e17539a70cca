package ai.paybond.kit.sandbox.internal.receipt;

import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.inclusion.MerkleTree;
import ai.paybond.kit.wire.inclusion.TreeHead;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The log of a tenant's agent receipts, in the order in which they were issued. */
final class TransparencyLog {
    private final DocumentStore documents;
    private final Signer operator;
    private final Clock clock;

    TransparencyLog(DocumentStore documents, Signer operator, Clock clock) {
        this.documents = documents;
        this.operator = operator;
        this.clock = clock;
    }

    JsonObject head(Session session, String tenantId) {
        return head(tenantId, leaves(receipts(session, tenantId))).sign(operator);
    }

    /** The proof that a receipt stands in the log as it is now; empty when there is no such receipt. */
    Optional<JsonObject> proof(Session session, String tenantId, String receiptId) {
        List<Document> receipts = receipts(session, tenantId);
        List<Digest32> leaves = leaves(receipts);
        return IntStream.range(0, receipts.size())
                .filter(index -> receipts.get(index).id().equals(receiptId))
                .mapToObj(index -> new InclusionProof(
                                receiptId,
                                digest(receipts.get(index)),
                                index,
                                leaves.get(index),
                                MerkleTree.path(leaves, index),
                                head(tenantId, leaves))
                        .sign(operator))
                .findFirst();
    }

    private TreeHead head(String tenantId, List<Digest32> leaves) {
        return new TreeHead(tenantId, leaves.size(), MerkleTree.root(leaves), ReceiptText.seconds(clock.instant()));
    }

    private List<Document> receipts(Session session, String tenantId) {
        return documents.all(session, tenantId, DocumentKind.AGENT_RECEIPT);
    }

    private static List<Digest32> leaves(List<Document> receipts) {
        return receipts.stream()
                .map(receipt -> MerkleTree.leaf(digest(receipt)))
                .toList();
    }

    private static Digest32 digest(Document receipt) {
        return Digest32.ofHex(receipt.body().string("message_digest_sha256_hex").orElseThrow());
    }
}
