package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The curve: keys, signatures that are the same every time, and the key behind a signature. */
final class Secp256k1 {
    static final int SCALAR_LENGTH = 32;

    private static final ECDomainParameters CURVE = curve();
    static final BigInteger N = CURVE.getN();
    static final BigInteger HALF_N = N.shiftRight(1);

    private Secp256k1() {}

    private static ECDomainParameters curve() {
        X9ECParameters named = CustomNamedCurves.getByName("secp256k1");
        return new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
    }

    static boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(N) < 0;
    }

    static ECPoint publicKey(BigInteger privateKey) {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), privateKey).normalize();
    }

    /** r and s by RFC 6979 with SHA-256; s may be in its high form. */
    static BigInteger[] sign(BigInteger privateKey, Digest32 digest) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(privateKey, CURVE));
        return signer.generateSignature(digest.bytes());
    }

    /** The public key whose owner made the signature. */
    static ECPoint recover(Digest32 digest, BigInteger r, BigInteger s, int yParity) {
        ECPoint nonce = decompress(r, yParity);
        BigInteger inverse = r.modInverse(N);
        BigInteger ofBase =
                inverse.multiply(new BigInteger(1, digest.bytes())).negate().mod(N);
        BigInteger ofNonce = inverse.multiply(s).mod(N);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofBase, nonce, ofNonce);
        EvmException.require(!key.isInfinity(), "evm.signature", "no key made this signature");
        return key.normalize();
    }

    private static ECPoint decompress(BigInteger x, int yParity) {
        byte[] encoded = new byte[1 + SCALAR_LENGTH];
        encoded[0] = (byte) (2 + yParity);
        System.arraycopy(Words.unsigned(x), 0, encoded, 1, SCALAR_LENGTH);
        try {
            return CURVE.getCurve().decodePoint(encoded);
        } catch (IllegalArgumentException e) {
            throw new EvmException("evm.signature", "no key made this signature");
        }
    }

    static EvmAddress address(ECPoint key) {
        byte[] encoded = key.getEncoded(false);
        return EvmAddress.ofPublicKey(Arrays.copyOfRange(encoded, 1, encoded.length));
    }
}
