package ai.paybond.kit.wire.ed25519;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import net.i2p.crypto.eddsa.EdDSAEngine;
import net.i2p.crypto.eddsa.EdDSAPrivateKey;
import net.i2p.crypto.eddsa.EdDSAPublicKey;
import net.i2p.crypto.eddsa.spec.EdDSANamedCurveTable;
import net.i2p.crypto.eddsa.spec.EdDSAParameterSpec;
import net.i2p.crypto.eddsa.spec.EdDSAPrivateKeySpec;
import net.i2p.crypto.eddsa.spec.EdDSAPublicKeySpec;

/** net.i2p.crypto:eddsa, which accepts S at or above the group order when asked directly. */
final class EddsaEngine implements Engine {
    private static final EdDSAParameterSpec CURVE = EdDSANamedCurveTable.ED_25519_CURVE_SPEC;

    @Override
    public PublicHalf publicHalf(byte[] key) {
        PublicKey decoded = new EdDSAPublicKey(new EdDSAPublicKeySpec(key, CURVE));
        return (message, signature) -> verify(decoded, message, signature);
    }

    @Override
    public PrivateHalf privateHalf(byte[] seed) {
        EdDSAPrivateKeySpec spec = new EdDSAPrivateKeySpec(seed, CURVE);
        return new Seeded(new EdDSAPrivateKey(spec), spec.getA().toByteArray());
    }

    private static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            EdDSAEngine engine = newEngine();
            engine.initVerify(key);
            engine.setParameter(EdDSAEngine.ONE_SHOT_MODE);
            engine.update(message);
            return engine.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("the engine refused its own key", e);
        }
    }

    private static EdDSAEngine newEngine() {
        try {
            return new EdDSAEngine(MessageDigest.getInstance("SHA-512"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never leaves this package
    private record Seeded(PrivateKey key, byte[] publicKey) implements PrivateHalf {
        @Override
        public byte[] sign(byte[] message) {
            try {
                EdDSAEngine engine = newEngine();
                engine.initSign(key);
                engine.setParameter(EdDSAEngine.ONE_SHOT_MODE);
                engine.update(message);
                return engine.sign();
            } catch (SignatureException | InvalidKeyException | InvalidAlgorithmParameterException e) {
                throw new IllegalStateException("the engine refused its own key", e);
            }
        }
    }
}
