package ai.paybond.kit.wire;

import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.commons.codec.digest.Blake3;
import org.jspecify.annotations.Nullable;

/**
 * A 32-byte hash, written as 64 lower-case hexadecimal digits. Immutable and thread-safe; equality takes the same time
 * wherever two digests differ. Frames carry BLAKE3 digests of canonical JSON, signed JSON objects the SHA-256 of their
 * own text. Source: Paybond Kit wire format, sections 1 and 2; SHA-256 is FIPS 180-4.
 */
public final class Digest32 {
    private static final int LENGTH = 32;

    private final byte[] bytes;

    private Digest32(byte[] bytes) {
        this.bytes = bytes;
    }

    /** BLAKE3 in plain hash mode, without key or context, 32 bytes of output. */
    public static Digest32 blake3(byte[] message) {
        return new Digest32(Blake3.hash(message));
    }

    /** SHA-256 of these bytes. */
    public static Digest32 sha256(byte[] message) {
        try {
            return new Digest32(MessageDigest.getInstance("SHA-256").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * BLAKE3 over the strict canonical JSON of a value, the digest that Paybond frames carry.
     *
     * @throws ai.paybond.kit.wire.json.JsonException if the value has no unambiguous canonical form
     */
    public static Digest32 ofCanonical(JsonValue value) {
        return blake3(CanonicalJson.strictBytes(value));
    }

    /** As {@link #ofCanonical(JsonValue)}, with the canonical form chosen by the caller. */
    public static Digest32 ofCanonical(JsonValue value, Strictness strictness) {
        return blake3(CanonicalJson.bytes(value, strictness));
    }

    /**
     * Reads exactly 64 lower-case hexadecimal digits.
     *
     * @throws WireException {@code digest.hex} for anything else
     */
    public static Digest32 ofHex(String hex) {
        if (!Hex.isDigest(hex)) {
            throw new WireException("digest.hex", "a digest is 64 lower-case hexadecimal digits");
        }
        return new Digest32(Hex.decode(hex));
    }

    /**
     * A digest that was computed elsewhere; the bytes are copied.
     *
     * @throws WireException {@code digest.length} unless there are exactly 32 bytes
     */
    public static Digest32 of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new WireException("digest.length", "a digest is 32 bytes");
        }
        return new Digest32(bytes.clone());
    }

    /** The 32 bytes, a fresh copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return Hex.encode(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest32 that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
