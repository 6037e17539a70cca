package ai.paybond.kit.wire.ed25519;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Bouncy Castle's low-level API. Its equation is cofactored, so R is held to the prime-order group as well. */
final class BouncyCastleEngine implements Engine {
    private static final Engine WITHOUT_COFACTOR = new EddsaEngine();

    @Override
    public PublicHalf publicHalf(byte[] key) {
        Ed25519PublicKeyParameters decoded = new Ed25519PublicKeyParameters(key);
        return (message, signature) -> {
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, decoded);
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature) && StrictChecks.isInPrimeOrderGroup(signature);
        };
    }

    @Override
    public boolean verifies(byte[] key, byte[] message, byte[] signature) {
        return StrictChecks.isInPrimeOrderGroup(key)
                ? publicHalf(key).verify(message, signature)
                : WITHOUT_COFACTOR.verifies(key, message, signature);
    }

    @Override
    public PrivateHalf privateHalf(byte[] seed) {
        return new Seeded(new Ed25519PrivateKeyParameters(seed));
    }

    private record Seeded(Ed25519PrivateKeyParameters key) implements PrivateHalf {
        @Override
        public byte[] publicKey() {
            return key.generatePublicKey().getEncoded();
        }

        @Override
        public byte[] sign(byte[] message) {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        }
    }
}
