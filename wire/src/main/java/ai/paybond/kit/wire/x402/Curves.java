package ai.paybond.kit.wire.x402;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** ECDSA over the two curves that x402 servers sign with, and Ethereum addresses. */
final class Curves {
    private static final ECDomainParameters SECP256K1 = domain("secp256k1");
    private static final ECDomainParameters P256 = domain("secp256r1");
    private static final int COORDINATE = 32;

    private Curves() {}

    private static ECDomainParameters domain(String name) {
        X9ECParameters curve = CustomNamedCurves.getByName(name);
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    static Digest32 keccak256(byte[]... parts) {
        KeccakDigest keccak = new KeccakDigest(256);
        for (byte[] part : parts) {
            keccak.update(part, 0, part.length);
        }
        byte[] hash = new byte[COORDINATE];
        keccak.doFinal(hash, 0);
        return Digest32.of(hash);
    }

    /** Signature over P-256; false for a point off the curve or numbers out of range. */
    static boolean verifyP256(byte[] x, byte[] y, Digest32 hash, BigInteger r, BigInteger s) {
        try {
            ECPoint point = P256.getCurve().validatePoint(new BigInteger(1, x), new BigInteger(1, y));
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, new ECPublicKeyParameters(point, P256));
            return verifier.verifySignature(hash.bytes(), r, s);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static BigInteger orderOfP256() {
        return P256.getN();
    }

    /** The address whose key signed this hash. */
    static String recoverAddress(Digest32 hash, BigInteger r, BigInteger s, int yParity, boolean lowS) {
        BigInteger n = SECP256K1.getN();
        boolean inRange = r.signum() > 0 && r.compareTo(n) < 0 && s.signum() > 0 && s.compareTo(n) < 0;
        Rules.require(inRange, "x402.signature", "signature numbers out of range");
        boolean low = s.compareTo(n.shiftRight(1)) <= 0;
        Rules.require(low || !lowS, "x402.signature_malleable", "the signature is not in its low form");
        ECPoint point = decompress(r, yParity);
        BigInteger inverse = r.modInverse(n);
        BigInteger ofBase =
                inverse.multiply(new BigInteger(1, hash.bytes())).negate().mod(n);
        BigInteger ofPoint = inverse.multiply(s).mod(n);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(SECP256K1.getG(), ofBase, point, ofPoint);
        Rules.require(!key.isInfinity(), "x402.signature", "no key made this signature");
        return address(key);
    }

    private static ECPoint decompress(BigInteger x, int yParity) {
        byte[] compressed = new byte[1 + COORDINATE];
        compressed[0] = (byte) (2 + yParity);
        byte[] bytes = unsigned(x);
        System.arraycopy(bytes, 0, compressed, 1, COORDINATE);
        try {
            return SECP256K1.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            throw new WireException("x402.signature", "no key made this signature");
        }
    }

    /** The number in 32 bytes, most significant first. */
    static byte[] unsigned(BigInteger value) {
        byte[] minimal = value.toByteArray();
        byte[] bytes = new byte[COORDINATE];
        int skip = Math.max(0, minimal.length - COORDINATE);
        System.arraycopy(minimal, skip, bytes, COORDINATE - (minimal.length - skip), minimal.length - skip);
        return bytes;
    }

    /** The address of a private key. */
    static String addressOf(BigInteger privateKey) {
        boolean inRange = privateKey.signum() > 0 && privateKey.compareTo(SECP256K1.getN()) < 0;
        Rules.require(inRange, "x402.private_key", "not a private key of this curve");
        return address(SECP256K1.getG().multiply(privateKey));
    }

    private static String address(ECPoint key) {
        byte[] encoded = key.normalize().getEncoded(false);
        byte[] hash = keccak256(Arrays.copyOfRange(encoded, 1, encoded.length)).bytes();
        return "0x" + Hex.encode(Arrays.copyOfRange(hash, 12, hash.length));
    }
}
