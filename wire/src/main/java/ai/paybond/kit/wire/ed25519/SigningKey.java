package ai.paybond.kit.wire.ed25519;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 seed of 32 bytes held in memory. Signatures are deterministic. Never prints itself; equality takes
 * constant time. Thread-safe. Source: RFC 8032, section 5.1.
 */
public final class SigningKey implements Signer {
    static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final Engine.PrivateHalf half;
    private final VerifyingKey publicKey;

    private SigningKey(byte[] seed, Ed25519 ed25519) {
        if (seed.length != SEED_LENGTH) {
            throw new WireException("seed.length", "an Ed25519 seed is 32 bytes");
        }
        this.seed = seed.clone();
        this.half = ed25519.engine().privateHalf(this.seed);
        this.publicKey = VerifyingKey.derived(half.publicKey(), ed25519);
    }

    /**
     * The key of this seed, copied, on the standard engine.
     *
     * @throws WireException {@code seed.length} unless there are exactly 32 bytes
     */
    public static SigningKey fromSeed(byte[] seed) {
        return fromSeed(seed, Ed25519.standard());
    }

    /** As {@link #fromSeed(byte[])}, on the given engine. */
    public static SigningKey fromSeed(byte[] seed, Ed25519 ed25519) {
        return new SigningKey(seed, ed25519);
    }

    /**
     * The key of a seed in hexadecimal, either case.
     *
     * @throws WireException {@code hex.invalid} or {@code seed.length} unless there are 64 digits
     */
    public static SigningKey fromSeedHex(String seedHex) {
        return fromSeed(Hex.decode(seedHex));
    }

    @Override
    public VerifyingKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        return half.sign(message);
    }

    /** The secret itself. For writing it to a key store, and for nothing else. */
    public byte[] exposeSeed() {
        return seed.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SigningKey that && MessageDigest.isEqual(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    @Override
    public String toString() {
        return "SigningKey[seed redacted, public key " + publicKey.hex() + "]";
    }
}
