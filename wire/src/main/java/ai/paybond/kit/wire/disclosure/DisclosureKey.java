package ai.paybond.kit.wire.disclosure;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import java.security.MessageDigest;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * The X25519 private key (RFC 7748, 32 bytes) of an owner. Never prints itself; equality takes constant time. Immutable
 * and thread-safe. Source: Paybond Kit wire format, section 16.
 */
public final class DisclosureKey {
    private static final int LENGTH = 32;

    private final X25519PrivateKeyParameters key;

    private DisclosureKey(X25519PrivateKeyParameters key) {
        this.key = key;
    }

    /**
     * The key of these bytes, copied.
     *
     * @throws WireException {@code disclosure.key} unless there are exactly 32 bytes
     */
    public static DisclosureKey of(byte[] privateKey) {
        if (privateKey.length != LENGTH) {
            throw new WireException("disclosure.key", "an X25519 private key is 32 bytes");
        }
        return new DisclosureKey(new X25519PrivateKeyParameters(privateKey));
    }

    /** The public key to encrypt to, in lower-case hexadecimal. */
    public String publicKeyHex() {
        return Hex.encode(key.generatePublicKey().getEncoded());
    }

    AsymmetricCipherKeyPair pair() {
        return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DisclosureKey that && MessageDigest.isEqual(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return publicKeyHex().hashCode();
    }

    @Override
    public String toString() {
        return "DisclosureKey[redacted, public key " + publicKeyHex() + "]";
    }
}
