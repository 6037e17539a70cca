package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text as ECMAScript treats it, which is what the wire format is defined by. */
public final class Text {
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private Text() {}

    /** Removes the white space that ECMAScript's trim removes; Java's two trims differ from it and from each other. */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    public static boolean isBlank(String text) {
        return trim(text).isEmpty();
    }

    private static boolean isBlank(char c) {
        return switch (c) {
            case 0x20, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF -> true;
            default -> (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A);
        };
    }

    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** {@link #trim} then {@link #lower}. */
    public static String fold(String text) {
        return lower(trim(text));
    }

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** UTF-8, with every lone surrogate replaced by U+FFFD. */
    public static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(REPLACEMENT)
                    .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("replaced, not reported", e);
        }
    }

    /** The text of well-formed UTF-8. */
    public static String ofUtf8(byte[] utf8, String code) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException(code, "not UTF-8");
        }
    }

    /** False if the text holds half of a surrogate pair, which no two implementations encode alike. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
