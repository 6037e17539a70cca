package ai.paybond.kit.wire.ed25519;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Any Java security provider with an Ed25519 service. */
final class ProviderEngine implements Engine {
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final Provider provider;

    ProviderEngine(Provider provider) {
        this.provider = provider;
    }

    @Override
    public PublicHalf publicHalf(byte[] key) {
        try {
            PublicKey decoded = keys().generatePublic(new X509EncodedKeySpec(join(PUBLIC_PREFIX, key)));
            return (message, signature) -> verify(decoded, message, signature);
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("no Ed25519 key", e);
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    @Override
    public PrivateHalf privateHalf(byte[] seed) {
        try {
            PrivateKey key = keys().generatePrivate(new PKCS8EncodedKeySpec(join(PRIVATE_PREFIX, seed)));
            return new Seeded(key, StrictChecks.publicKeyOf(seed));
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    /** The platform's factory: Corretto has none of its own unless told to, and takes keys of others. */
    private static KeyFactory keys() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519");
    }

    private Signature service() throws GeneralSecurityException {
        return Signature.getInstance("Ed25519", provider);
    }

    private boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = service();
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    private static byte[] join(byte[] prefix, byte[] key) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, joined, prefix.length, key.length);
        return joined;
    }

    private static IllegalStateException refused(GeneralSecurityException cause) {
        return new IllegalStateException("the provider refused a checked key", cause);
    }

    private final class Seeded implements PrivateHalf {
        private final PrivateKey key;
        private final byte[] publicKey;

        Seeded(PrivateKey key, byte[] publicKey) {
            this.key = key;
            this.publicKey = publicKey;
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signer = service();
                signer.initSign(key);
                signer.update(message);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw refused(e);
            }
        }
    }
}
