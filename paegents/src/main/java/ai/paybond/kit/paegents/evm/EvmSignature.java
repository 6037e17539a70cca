package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A recoverable secp256k1 signature in the one form that contracts accept: r and s within 1..n-1, s in the lower half.
 *
 * @param yParity 0 or 1; {@link #v()} is 27 more
 */
public record EvmSignature(BigInteger r, BigInteger s, int yParity) {
    private static final int V_BASE = 27;
    private static final int LENGTH = 65;
    private static final int COMPACT_LENGTH = 64;
    private static final int PARITY_BIT = 255;
    private static final String CODE = "evm.signature";

    /**
     * Checks the form.
     *
     * @throws EvmException {@code evm.signature}, or {@code evm.signature_malleable} for s in the upper half
     */
    public EvmSignature {
        requireScalars(r, s);
        EvmException.require(yParity == 0 || yParity == 1, CODE, "v is 27 or 28");
        EvmException.require(s.compareTo(Secp256k1.HALF_N) <= 0, "evm.signature_malleable", "s is in the upper half");
    }

    private static void requireScalars(BigInteger r, BigInteger s) {
        boolean inRange = Secp256k1.isScalar(r) && Secp256k1.isScalar(s);
        EvmException.require(inRange, CODE, "signature numbers out of range");
    }

    /** @param v 27 or 28; anything else is refused as {@code evm.signature} */
    public static EvmSignature of(BigInteger r, BigInteger s, int v) {
        EvmException.require(v == V_BASE || v == V_BASE + 1, CODE, "v is 27 or 28");
        return new EvmSignature(r, s, v - V_BASE);
    }

    /**
     * Completes what a hardware module returns: brings s into the lower half and finds the parity that leads back to the
     * signer.
     *
     * @throws EvmException {@code evm.signature}, or {@code evm.signer_mismatch} if neither parity leads to the signer
     */
    public static EvmSignature complete(BigInteger r, BigInteger s, Digest32 digest, EvmAddress signer) {
        requireScalars(r, s);
        BigInteger low = s.compareTo(Secp256k1.HALF_N) > 0 ? Secp256k1.N.subtract(s) : s;
        for (int yParity = 0; yParity <= 1; yParity++) {
            EvmSignature candidate = new EvmSignature(r, low, yParity);
            if (candidate.recover(digest).equals(signer)) {
                return candidate;
            }
        }
        throw new EvmException("evm.signer_mismatch", "the signature is not the signer's");
    }

    /**
     * Reads 65 bytes, r, s and v, after {@code 0x}.
     *
     * @throws EvmException {@code evm.hex}, {@code evm.length}, {@code evm.signature} or {@code evm.signature_malleable}
     */
    public static EvmSignature parse(String hex) {
        byte[] bytes = HexData.decode(hex, LENGTH);
        return of(scalar(bytes, 0), scalar(bytes, Secp256k1.SCALAR_LENGTH), bytes[LENGTH - 1] & 0xFF);
    }

    /** Reads the 64 bytes of EIP-2098, in which the highest bit of s holds the parity. */
    public static EvmSignature parseCompact(String hex) {
        byte[] bytes = HexData.decode(hex, COMPACT_LENGTH);
        BigInteger s = scalar(bytes, Secp256k1.SCALAR_LENGTH);
        int yParity = s.testBit(PARITY_BIT) ? 1 : 0;
        return new EvmSignature(scalar(bytes, 0), s.clearBit(PARITY_BIT), yParity);
    }

    private static BigInteger scalar(byte[] bytes, int offset) {
        return new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + Secp256k1.SCALAR_LENGTH));
    }

    /** The address whose key signed; {@code evm.signature} if no key did. Every digest recovers to some address: compare. */
    public EvmAddress recover(Digest32 digest) {
        return Secp256k1.address(Secp256k1.recover(digest, r, s, yParity));
    }

    public int v() {
        return V_BASE + yParity;
    }

    /** {@code 0x}, r, s and v: 65 bytes. */
    public String hex() {
        return rHex() + sHex().substring(2) + Integer.toHexString(v());
    }

    /** {@code 0x} and the 64 bytes of EIP-2098. */
    public String compactHex() {
        BigInteger folded = yParity == 1 ? s.setBit(PARITY_BIT) : s;
        return rHex() + HexData.encode(Words.unsigned(folded)).substring(2);
    }

    public String rHex() {
        return HexData.encode(Words.unsigned(r));
    }

    public String sHex() {
        return HexData.encode(Words.unsigned(s));
    }

    @Override
    public String toString() {
        return hex();
    }
}
