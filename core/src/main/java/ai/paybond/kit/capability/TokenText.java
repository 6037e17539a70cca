package ai.paybond.kit.capability;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The step between a token as text and its bytes. */
final class TokenText {

    private TokenText() {}

    /** Decodes strictly: Java's decoder also takes missing padding and stray bits, which give a token other spellings. */
    static byte[] decode(@Nullable CapabilityToken token, CapabilityLimits limits) throws Refusal {
        if (token == null || token.isEmpty()) {
            throw new Refusal(DenyCodes.CAPABILITY_MISSING, "there is no capability");
        }
        String encoded = token.expose();
        requireLength(token, limits);
        byte[] bytes = decode(encoded);
        if (!encode(bytes).equals(encoded)) {
            throw notBase64();
        }
        return bytes;
    }

    static void requireLength(CapabilityToken token, CapabilityLimits limits) throws Refusal {
        if (token.expose().length() > limits.maxEncodedLength()) {
            throw new Refusal(
                    DenyCodes.CAPABILITY_TOO_LARGE,
                    "the capability is longer than " + limits.maxEncodedLength() + " characters");
        }
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String encoded) throws Refusal {
        try {
            return Base64.getDecoder().decode(encoded.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw notBase64();
        }
    }

    private static Refusal notBase64() {
        return new Refusal(DenyCodes.CAPABILITY_MALFORMED, "the capability is not standard padded base64");
    }
}
