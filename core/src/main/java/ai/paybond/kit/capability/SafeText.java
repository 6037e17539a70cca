package ai.paybond.kit.capability;

import java.util.regex.Pattern;

/** Makes text of unknown origin fit for a log, a terminal or a model. */
final class SafeText {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

    private SafeText() {}

    /** Replaces line breaks, control, formatting and surrogate characters without a partner by spaces. */
    static String oneLine(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }
}
