package ai.paybond.kit.sandbox.internal.http;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;

/** Raw Ed25519 keys as the JDK's key objects, which the JWT library signs with. */
final class JdkEd25519 {
    private JdkEd25519() {}

    static PrivateKey privateKey(byte[] seed) {
        return generate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed), KeyFactory::generatePrivate);
    }

    /** RFC 8032: 255 bits of y, least significant byte first, then the sign of x. */
    static PublicKey publicKey(byte[] raw) {
        byte[] bigEndian = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            bigEndian[i] = raw[raw.length - 1 - i];
        }
        boolean xIsOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(xIsOdd, new BigInteger(1, bigEndian));
        return generate(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point), KeyFactory::generatePublic);
    }

    private interface Generator<K> {
        K generate(KeyFactory factory, KeySpec spec) throws GeneralSecurityException;
    }

    private static <K> K generate(KeySpec spec, Generator<K> generator) {
        try {
            return generator.generate(KeyFactory.getInstance("Ed25519"), spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no Ed25519.", e);
        }
    }
}
