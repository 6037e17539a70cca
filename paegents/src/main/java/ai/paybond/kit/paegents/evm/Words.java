package ai.paybond.kit.paegents.evm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Numbers as words of 32 bytes, most significant byte first. */
final class Words {
    static final int LENGTH = 32;

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(LENGTH * Byte.SIZE);

    private Words() {}

    /** A number from 0 to 2^256 - 1. */
    static byte[] unsigned(BigInteger value) {
        byte[] minimal = value.toByteArray();
        byte[] word = new byte[LENGTH];
        int skip = Math.max(0, minimal.length - LENGTH);
        System.arraycopy(minimal, skip, word, LENGTH - (minimal.length - skip), minimal.length - skip);
        return word;
    }

    /** A number from -2^255 to 2^255 - 1 in two's complement. */
    static byte[] signed(BigInteger value) {
        return unsigned(value.signum() < 0 ? value.add(MODULUS) : value);
    }

    static byte[] leftAligned(byte[] bytes) {
        byte[] word = new byte[LENGTH];
        System.arraycopy(bytes, 0, word, 0, bytes.length);
        return word;
    }

    static byte[] rightAligned(byte[] bytes) {
        byte[] word = new byte[LENGTH];
        System.arraycopy(bytes, 0, word, LENGTH - bytes.length, bytes.length);
        return word;
    }

    static byte[] concatenate(Iterable<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
