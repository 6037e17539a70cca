package ai.paybond.kit.capability;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a tool call was refused: a stable code to branch on, and a sentence for people and models.
 *
 * <p>The message is one line of at most {@value #MAX_MESSAGE_LENGTH} characters without control characters, and
 * never holds a token, a key or an argument's value, so that it can be logged and shown to a model as it is.
 *
 * @param code stable and machine-readable: lower-case words, digits and underscores joined by dots, such as those in {@link DenyCodes}
 * @param message what was refused, in one sentence
 * @param origin whether this process refused, or the authority that it asked
 */
public record DenyReason(String code, String message, Origin origin) {

    /** Longest message, in UTF-16 units. */
    public static final int MAX_MESSAGE_LENGTH = 300;

    /** The code of a remote refusal that came without a usable one. */
    public static final String REMOTE_FALLBACK_CODE = "authority.rejected";

    private static final Pattern CODE = Pattern.compile("[a-z0-9_]+([.\\-][a-z0-9_]+)*");
    private static final int MAX_CODE_LENGTH = 96;

    /** Who refused. */
    public enum Origin {
        /** This process, before anything was asked over the network. */
        LOCAL,
        /** The authority: Harbor, the Gateway or another rail. */
        REMOTE
    }

    /**
     * Checks the code and makes the message one bounded line.
     *
     * @throws IllegalArgumentException when the code is not of the documented form
     */
    public DenyReason {
        if (!isCode(code)) {
            throw new IllegalArgumentException("a deny code is lower-case words joined by dots");
        }
        message = SafeText.oneLine(message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH)));
    }

    /** A refusal by this process. */
    public static DenyReason local(String code, String message) {
        return new DenyReason(code, message, Origin.LOCAL);
    }

    /**
     * A refusal by the authority. Whatever it sent becomes a valid reason: a code of another form is replaced by
     * {@value #REMOTE_FALLBACK_CODE}, an absent message by a general one.
     */
    public static DenyReason remote(@Nullable String code, @Nullable String message) {
        String usable = code != null && isCode(code) ? code : REMOTE_FALLBACK_CODE;
        String text = message == null || message.isBlank() ? "the authority refused the call" : message;
        return new DenyReason(usable, text, Origin.REMOTE);
    }

    private static boolean isCode(@Nullable String code) {
        return code != null
                && code.length() <= MAX_CODE_LENGTH
                && CODE.matcher(code).matches();
    }
}
