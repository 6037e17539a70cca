package ai.paybond.kit.wire.inclusion;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.internal.Rules;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash tree of RFC 6962, section 2.1, over receipt digests, with SHA-256:
 *
 * <pre>
 * leaf    SHA-256(00, the 32 bytes of the receipt's message digest)
 * node    SHA-256(01, left, right), split at the largest power of two below the number of leaves
 * empty   SHA-256 of nothing
 * </pre>
 *
 * Source: Paybond Kit wire format, section 12.
 */
public final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleTree() {}

    /** The leaf of a receipt, by its message digest. */
    public static Digest32 leaf(Digest32 receiptDigest) {
        return hash(LEAF, receiptDigest.bytes(), new byte[0]);
    }

    static Digest32 node(Digest32 left, Digest32 right) {
        return hash(NODE, left.bytes(), right.bytes());
    }

    private static Digest32 hash(byte prefix, byte[] left, byte[] right) {
        byte[] bytes = new byte[1 + left.length + right.length];
        bytes[0] = prefix;
        System.arraycopy(left, 0, bytes, 1, left.length);
        System.arraycopy(right, 0, bytes, 1 + left.length, right.length);
        return Digest32.sha256(bytes);
    }

    /** The root of a tree with these leaves. */
    public static Digest32 root(List<Digest32> leaves) {
        int count = leaves.size();
        if (count == 0) {
            return Digest32.sha256(new byte[0]);
        }
        if (count == 1) {
            return leaves.get(0);
        }
        int split = Integer.highestOneBit(count - 1);
        return node(root(leaves.subList(0, split)), root(leaves.subList(split, count)));
    }

    /**
     * The siblings of one leaf, from the leaf to the root.
     *
     * @throws ai.paybond.kit.wire.WireException {@code inclusion.leaf_index} unless there is such a leaf
     */
    public static List<Digest32> path(List<Digest32> leaves, int index) {
        int count = leaves.size();
        Rules.require(index >= 0 && index < count, "inclusion.leaf_index", "no such leaf");
        List<Digest32> path = new ArrayList<>();
        if (count > 1) {
            int split = Integer.highestOneBit(count - 1);
            List<Digest32> left = leaves.subList(0, split);
            List<Digest32> right = leaves.subList(split, count);
            path.addAll(index < split ? path(left, index) : path(right, index - split));
            path.add(root(index < split ? right : left));
        }
        return path;
    }

    /**
     * The root that an audit path leads to.
     *
     * @param path the siblings of the leaf, from the leaf to the root
     * @throws ai.paybond.kit.wire.WireException {@code inclusion.path_short} or {@code inclusion.path_long} for a path that
     *     does not fit its place in the tree
     */
    public static Digest32 rootFromPath(Digest32 leaf, long index, long size, List<Digest32> path) {
        long place = index;
        long last = size - 1;
        Digest32 hash = leaf;
        for (Digest32 sibling : path) {
            Rules.require(last != 0, "inclusion.path_long", "the audit path is too long");
            if (place % 2 == 1 || place == last) {
                hash = node(sibling, hash);
                while (place % 2 == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            place >>= 1;
            last >>= 1;
        }
        Rules.require(last == 0, "inclusion.path_short", "the audit path is too short");
        return hash;
    }
}
