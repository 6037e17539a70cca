package ai.paybond.kit.wire;

import java.util.HexFormat;

/**
 * Hexadecimal text. Written in lower case; read in either case, without prefix, blanks or half pairs. Source: Paybond
 * Kit wire format, section 0; kits up to 0.12.11 read what is not hexadecimal as something, this never does.
 */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** Two lower-case digits for each byte. */
    public static String encode(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /**
     * Reads an even number of hexadecimal digits.
     *
     * @throws WireException {@code hex.invalid} for anything else
     */
    public static byte[] decode(String hex) {
        try {
            return FORMAT.parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new WireException("hex.invalid", "not an even number of hexadecimal digits");
        }
    }

    /** True for exactly 64 digits {@code 0-9a-f}. */
    public static boolean isDigest(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
