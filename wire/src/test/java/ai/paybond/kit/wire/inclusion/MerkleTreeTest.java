package ai.paybond.kit.wire.inclusion;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static List<Digest32> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MerkleTree.leaf(Digest32.sha256(new byte[] {(byte) i})))
                .toList();
    }

    @Test
    void everyLeafOfEveryTreeLeadsToItsRootAndToNoOther() {
        for (int count = 1; count <= 33; count++) {
            List<Digest32> leaves = leaves(count);
            Digest32 root = MerkleTree.root(leaves);
            for (int index = 0; index < count; index++) {
                List<Digest32> path = MerkleTree.path(leaves, index);
                assertThat(MerkleTree.rootFromPath(leaves.get(index), index, count, path))
                        .isEqualTo(root);
                if (count > 1) {
                    Digest32 other = leaves.get((index + 1) % count);
                    assertThat(MerkleTree.rootFromPath(other, index, count, path))
                            .isNotEqualTo(root);
                }
            }
        }
    }

    @Test
    void refusesAPathOfTheWrongLength() {
        List<Digest32> leaves = leaves(5);
        List<Digest32> path = MerkleTree.path(leaves, 2);
        List<Digest32> longer = new ArrayList<>(path);
        longer.add(leaves.get(0));

        assertRefused("inclusion.path_short", () -> MerkleTree.rootFromPath(leaves.get(2), 2, 5, path.subList(0, 2)));
        assertRefused("inclusion.path_long", () -> MerkleTree.rootFromPath(leaves.get(2), 2, 5, longer));
        assertRefused("inclusion.path_short", () -> MerkleTree.rootFromPath(leaves.get(2), 2, 1L << 52, path));
    }

    @Test
    void aProofOfOneReceiptIsNoneOfAnother() {
        TrustedKeys log = TrustedKeys.of(Samples.key(5).publicKey());
        AgentReceipt other = AgentReceipt.of(Samples.linkedReceipt());

        assertThat(InclusionProof.verify(Samples.inclusionProof(), log).code()).isEqualTo("valid");
        assertThat(InclusionProof.verify(Samples.inclusionProof(), other, log).code())
                .isEqualTo("inclusion.receipt_digest");
        assertThat(InclusionProof.verify(Samples.inclusionProof(), TrustedKeys.of())
                        .code())
                .isEqualTo("inclusion.untrusted_key");
    }

    @Test
    void anEmptyTreeHasTheHashOfNothingAndNoLeaves() {
        assertThat(MerkleTree.root(List.of()).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertRefused("inclusion.leaf_index", () -> MerkleTree.path(List.of(), 0));
        assertRefused("inclusion.leaf_index", () -> MerkleTree.path(leaves(3), 3));
        assertRefused("inclusion.leaf_index", () -> MerkleTree.path(leaves(3), -1));
    }
}
