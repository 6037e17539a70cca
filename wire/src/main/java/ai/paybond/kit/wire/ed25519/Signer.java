package ai.paybond.kit.wire.ed25519;

/** Something that signs with one Ed25519 key: a {@link SigningKey}, or a port to a hardware module or key service. */
public interface Signer {
    VerifyingKey publicKey();

    /** The 64-byte pure Ed25519 signature (RFC 8032) over exactly these bytes. */
    byte[] sign(byte[] message);
}
