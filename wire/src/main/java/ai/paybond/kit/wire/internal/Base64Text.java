package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.WireException;
import java.util.Base64;

/** Base64 in the one spelling that encoding would have produced: no line breaks, no stray bits, exact padding. */
public final class Base64Text {
    private Base64Text() {}

    /** The standard alphabet with padding. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The URL alphabet without padding. */
    public static String encodeUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads the standard alphabet with padding, or throws {@link WireException} with the given code. */
    public static byte[] decode(String text, String code) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return exact(bytes, encode(bytes), text, code);
        } catch (IllegalArgumentException e) {
            throw new WireException(code, "not standard Base64");
        }
    }

    /** Reads the URL alphabet without padding, or throws {@link WireException} with the given code. */
    public static byte[] decodeUrl(String text, String code) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return exact(bytes, encodeUrl(bytes), text, code);
        } catch (IllegalArgumentException e) {
            throw new WireException(code, "not URL Base64");
        }
    }

    private static byte[] exact(byte[] bytes, String canonical, String text, String code) {
        if (!canonical.equals(text)) {
            throw new WireException(code, "not the canonical Base64 spelling");
        }
        return bytes;
    }
}
