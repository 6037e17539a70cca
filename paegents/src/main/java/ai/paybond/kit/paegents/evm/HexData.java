package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;

/** Bytes as Ethereum writes them: {@code 0x} and an even number of hexadecimal digits. */
public final class HexData {
    private static final String PREFIX = "0x";

    private HexData() {}

    /** Lower-case digits after {@code 0x}. */
    public static String encode(byte[] bytes) {
        return PREFIX + Hex.encode(bytes);
    }

    /** @throws EvmException {@code evm.hex} unless it is {@code 0x} and whole bytes */
    public static byte[] decode(String text) {
        EvmException.require(text.startsWith(PREFIX), "evm.hex", "hexadecimal data starts with 0x");
        try {
            return Hex.decode(text.substring(PREFIX.length()));
        } catch (WireException e) {
            throw new EvmException("evm.hex", "not an even number of hexadecimal digits");
        }
    }

    /** @throws EvmException {@code evm.hex}, or {@code evm.length} for another number of bytes */
    public static byte[] decode(String text, int length) {
        byte[] bytes = decode(text);
        EvmException.require(bytes.length == length, "evm.length", "expected " + length + " bytes");
        return bytes;
    }
}
