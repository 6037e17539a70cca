package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;

/** Messages signed as EIP-191 version 0x45, which no transaction can be mistaken for. */
public final class PersonalMessage {
    private static final String PREFIX = "\u0019Ethereum Signed Message:\n";

    private PersonalMessage() {}

    public static Digest32 digest(byte[] message) {
        return Keccak256.hash(Utf8.encode(PREFIX + message.length), message);
    }

    /** @throws EvmException {@code evm.text} for text that has no UTF-8 form */
    public static Digest32 digest(String message) {
        return digest(Utf8.encode(message));
    }
}
