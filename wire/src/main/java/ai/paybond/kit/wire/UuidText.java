package ai.paybond.kit.wire;

import java.util.regex.Pattern;

/**
 * UUID text as Paybond reads it: {@code 8-4-4-4-12} in either case, version 1 to 8 with the RFC 9562 variant, or all
 * zeros, or all ones. Narrower than {@link java.util.UUID#fromString}, which accepts short groups. In a frame it is its
 * length, 16, and 16 bytes in text order. Source: Paybond Kit wire format, section 3, and RFC 9562.
 */
public final class UuidText {
    private static final Pattern UUID = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
                    + "|0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12}",
            Pattern.CASE_INSENSITIVE);

    private UuidText() {}

    /** True for such text, without braces, prefix or blanks. */
    public static boolean isValid(String text) {
        return UUID.matcher(text).matches();
    }

    /**
     * The 16 bytes in text order.
     *
     * @throws WireException {@code uuid.invalid} if the text is not a UUID
     */
    public static byte[] bytes(String text) {
        if (!isValid(text)) {
            throw new WireException("uuid.invalid", "not a UUID");
        }
        return Hex.decode(text.replace("-", ""));
    }
}
