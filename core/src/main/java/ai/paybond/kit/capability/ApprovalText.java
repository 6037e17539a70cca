package ai.paybond.kit.capability;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 for URLs, in its only spelling, for what holder and approver send each other. */
final class ApprovalText {

    private ApprovalText() {}

    static byte[] decode(@Nullable String text, int least, int most) {
        // four characters for three bytes
        if (text == null || text.length() > (most + 2) / 3 * 4) {
            throw unreadable();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
        boolean canonical =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
        if (!canonical || bytes.length < least || bytes.length > most) {
            throw unreadable();
        }
        return bytes;
    }

    static CapabilityException unreadable() {
        return new CapabilityException(DenyCodes.CAPABILITY_MALFORMED, "the text is no part of an approval");
    }
}
