package ai.paybond.kit.wire.ed25519;

/**
 * Something that signs with one Ed25519 key: a {@link SigningKey}, or a port to a hardware module or key service. Must
 * be thread-safe. Whether a message is a frame or a 32-byte digest is for the object to say; the signer never hashes it
 * beforehand. Source: RFC 8032.
 */
public interface Signer {
    /** The public half of the one key. */
    VerifyingKey publicKey();

    /** The 64-byte pure Ed25519 signature (RFC 8032) over exactly these bytes. */
    byte[] sign(byte[] message);
}
