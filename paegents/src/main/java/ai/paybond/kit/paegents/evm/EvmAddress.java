package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Hex;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An Ethereum address: 20 bytes, printed with the checksum of EIP-55. Equality does not look at spelling. */
public final class EvmAddress {
    private static final int LENGTH = 20;
    private static final String CODE = "evm.address";

    /** The address nobody holds; tokens sent there are gone. */
    public static final EvmAddress ZERO = new EvmAddress(new byte[LENGTH]);

    private final byte[] bytes;

    private EvmAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads an address. Digits all of one case carry no checksum and pass; mixed case must be the right checksum.
     *
     * @throws EvmException {@code evm.address}, or {@code evm.address_checksum} for a wrong mix of cases
     */
    public static EvmAddress parse(String text) {
        EvmAddress address = read(text);
        String digits = text.substring(2);
        boolean oneCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        requireChecksum(oneCase || address.checksummed().equals(text));
        return address;
    }

    /** As {@link #parse}, but the spelling must be exactly the one {@link #checksummed()} prints. */
    public static EvmAddress parseChecksummed(String text) {
        EvmAddress address = read(text);
        requireChecksum(address.checksummed().equals(text));
        return address;
    }

    private static EvmAddress read(String text) {
        boolean shaped = text.length() == 2 + 2 * LENGTH && text.startsWith("0x");
        EvmException.require(shaped, CODE, "an address is 0x and 40 hexadecimal digits");
        return new EvmAddress(HexData.decode(text, LENGTH));
    }

    private static void requireChecksum(boolean right) {
        EvmException.require(right, "evm.address_checksum", "the letters' cases are not the address's checksum");
    }

    /** @throws EvmException {@code evm.address} unless there are 20 bytes */
    public static EvmAddress of(byte[] bytes) {
        EvmException.require(bytes.length == LENGTH, CODE, "an address is 20 bytes");
        return new EvmAddress(bytes.clone());
    }

    /** The address of an uncompressed public key without its leading byte. */
    static EvmAddress ofPublicKey(byte[] coordinates) {
        byte[] hash = Keccak256.hash(coordinates).bytes();
        return new EvmAddress(Arrays.copyOfRange(hash, hash.length - LENGTH, hash.length));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** The spelling of EIP-55: a letter is a capital where the hash of the lower-case digits has a high nibble. */
    public String checksummed() {
        String lower = Hex.encode(bytes);
        String hash = Keccak256.ofUtf8(lower).hex();
        StringBuilder text = new StringBuilder("0x");
        for (int i = 0; i < lower.length(); i++) {
            boolean capital = Character.digit(hash.charAt(i), 16) >= 8;
            text.append(capital ? Character.toUpperCase(lower.charAt(i)) : lower.charAt(i));
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EvmAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return checksummed();
    }
}
