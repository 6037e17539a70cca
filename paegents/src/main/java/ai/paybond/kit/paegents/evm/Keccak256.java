package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it, with the padding from before FIPS 202: SHA3-256 gives other values. */
public final class Keccak256 {
    private static final int BITS = 256;

    private Keccak256() {}

    /** The hash of the parts, one after another. */
    public static Digest32 hash(byte[]... parts) {
        KeccakDigest keccak = new KeccakDigest(BITS);
        for (byte[] part : parts) {
            keccak.update(part, 0, part.length);
        }
        byte[] hash = new byte[BITS / Byte.SIZE];
        keccak.doFinal(hash, 0);
        return Digest32.of(hash);
    }

    /** @throws EvmException {@code evm.text} for text with a lone surrogate, which has no UTF-8 form */
    public static Digest32 ofUtf8(String text) {
        return hash(Utf8.encode(text));
    }
}
