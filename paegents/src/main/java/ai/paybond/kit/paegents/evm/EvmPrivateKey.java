package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import java.math.BigInteger;
import java.security.MessageDigest;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** A secp256k1 key held in memory. Never prints itself; equality takes constant time. Thread-safe. */
public final class EvmPrivateKey implements EvmSigner {
    private static final String CODE = "evm.private_key";

    private final BigInteger scalar;
    private final ECPoint publicKey;
    private final EvmAddress address;

    private EvmPrivateKey(byte[] bytes) {
        EvmException.require(bytes.length == Secp256k1.SCALAR_LENGTH, CODE, "a private key is 32 bytes");
        this.scalar = new BigInteger(1, bytes);
        EvmException.require(Secp256k1.isScalar(scalar), CODE, "not a private key of secp256k1");
        this.publicKey = Secp256k1.publicKey(scalar);
        this.address = Secp256k1.address(publicKey);
    }

    /** @throws EvmException {@code evm.private_key} unless 32 bytes hold a number from 1 to n - 1 */
    public static EvmPrivateKey of(byte[] bytes) {
        return new EvmPrivateKey(bytes);
    }

    /**
     * Reads 64 hexadecimal digits, with or without {@code 0x}.
     *
     * @throws EvmException {@code evm.private_key}
     */
    public static EvmPrivateKey parse(String hex) {
        try {
            return of(HexData.decode(hex.startsWith("0x") ? hex : "0x" + hex));
        } catch (EvmException e) {
            throw new EvmException(CODE, "not a private key of secp256k1");
        }
    }

    @Override
    public EvmAddress address() {
        return address;
    }

    /** The signature by RFC 6979, the same every time, with s in its lower half. */
    @Override
    public EvmSignature sign(Digest32 digest) {
        BigInteger[] numbers = Secp256k1.sign(scalar, digest);
        return EvmSignature.complete(numbers[0], numbers[1], digest, address);
    }

    /** 33 bytes, or 65 when not compressed. */
    public byte[] publicKey(boolean compressed) {
        return publicKey.getEncoded(compressed);
    }

    /** The secret itself. For writing it to a key store, and for nothing else. */
    public byte[] exposeKey() {
        return Words.unsigned(scalar);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EvmPrivateKey that && MessageDigest.isEqual(exposeKey(), that.exposeKey());
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return "EvmPrivateKey[key redacted, address " + address + "]";
    }
}
