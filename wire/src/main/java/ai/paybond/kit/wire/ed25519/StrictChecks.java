package ai.paybond.kit.wire.ed25519;

import ai.paybond.kit.wire.WireException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** The checks that make every engine give the same verdict, and that the default engine lacks (CVE-2020-36843). */
final class StrictChecks {
    static final int KEY_LENGTH = 32;
    static final int SIGNATURE_LENGTH = 64;

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger SIGN_BIT = BigInteger.ONE.shiftLeft(255);

    /** The y coordinates of the eight points whose order divides the cofactor. */
    private static final Set<BigInteger> SMALL_ORDER_Y = new TreeSet<>(Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            P.subtract(BigInteger.ONE),
            littleEndian(HexFormat.of().parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")),
            littleEndian(HexFormat.of().parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))));

    private StrictChecks() {}

    static void requireKey(byte[] key) {
        requirePlausibleKey(key);
        if (!isInPrimeOrderGroup(key)) {
            throw new WireException("key.invalid", "the public key is not a point of the prime-order group");
        }
    }

    /** All of {@link #requireKey} that does not take a multiplication on the curve. */
    static void requirePlausibleKey(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new WireException("key.length", "an Ed25519 public key is 32 bytes");
        }
        BigInteger y = y(key);
        if (y.compareTo(P) >= 0) {
            throw new WireException("key.noncanonical", "the public key is not canonically encoded");
        }
        if (SMALL_ORDER_Y.contains(y)) {
            throw new WireException("key.small_order", "the public key is a point of small order");
        }
    }

    static boolean isPlausibleSignature(byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        BigInteger y = y(signature);
        return s(signature).compareTo(ORDER) < 0 && y.compareTo(P) < 0 && !SMALL_ORDER_Y.contains(y);
    }

    /** Reads the first 32 bytes; false for what is no point and for points with a small-order component. */
    static boolean isInPrimeOrderGroup(byte[] point) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(point, 0);
    }

    static byte[] publicKeyOf(byte[] seed) {
        byte[] key = new byte[KEY_LENGTH];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    private static BigInteger y(byte[] point) {
        return littleEndian(Arrays.copyOf(point, KEY_LENGTH)).andNot(SIGN_BIT);
    }

    private static BigInteger s(byte[] signature) {
        return littleEndian(Arrays.copyOfRange(signature, KEY_LENGTH, SIGNATURE_LENGTH));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
