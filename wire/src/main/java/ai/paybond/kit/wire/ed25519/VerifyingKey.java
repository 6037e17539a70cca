package ai.paybond.kit.wire.ed25519;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Base64Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key, 32 bytes: a canonically encoded point of the prime-order group, nothing else can be one.
 * Written as 64 lower-case hexadecimal digits in JSON envelopes and as standard Base64 in request bodies. Thread-safe.
 * Source: RFC 8032, section 5.1; stricter than the ZIP-215 rules of the peer, and the same for every honest signature.
 */
public final class VerifyingKey {
    private final byte[] bytes;
    private final Engine.PublicHalf half;

    private VerifyingKey(byte[] bytes, Ed25519 ed25519) {
        this.bytes = bytes.clone();
        this.half = ed25519.engine().publicHalf(this.bytes);
    }

    /**
     * The key of these bytes, copied, on the standard engine.
     *
     * @throws WireException {@code key.length}, {@code key.noncanonical}, {@code key.small_order}, or
     *     {@code key.invalid} for
     *     what is no point of the prime-order group
     */
    public static VerifyingKey of(byte[] bytes) {
        return of(bytes, Ed25519.standard());
    }

    /** As {@link #of(byte[])}, on the given engine. */
    public static VerifyingKey of(byte[] bytes, Ed25519 ed25519) {
        StrictChecks.requireKey(bytes);
        return new VerifyingKey(bytes, ed25519);
    }

    /** A key that a seed led to, and that therefore cannot be anything but a point of the prime-order group. */
    static VerifyingKey derived(byte[] bytes, Ed25519 ed25519) {
        return new VerifyingKey(bytes, ed25519);
    }

    /**
     * The key in hexadecimal, either case.
     *
     * @throws WireException {@code hex.invalid}, or as {@link #of(byte[])}
     */
    public static VerifyingKey ofHex(String hex) {
        return of(Hex.decode(hex));
    }

    /**
     * The key in standard Base64 with padding.
     *
     * @throws WireException {@code key.base64}, or as {@link #of(byte[])}
     */
    public static VerifyingKey ofBase64(String base64) {
        return of(Base64Text.decode(base64, "key.base64"));
    }

    /** The 32 bytes, a fresh copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return Hex.encode(bytes);
    }

    /** Standard Base64 with padding. */
    public String base64() {
        return Base64Text.encode(bytes);
    }

    /**
     * True if the signature is 64 bytes, canonical (S below the group order, R a canonical point of full order) and
     * made by this key over exactly this message. Never throws for bad signatures.
     */
    public boolean verify(byte[] message, byte[] signature) {
        return StrictChecks.isPlausibleSignature(signature) && half.verify(message, signature);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyingKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The key in hexadecimal; a public key is no secret. */
    @Override
    public String toString() {
        return hex();
    }
}
