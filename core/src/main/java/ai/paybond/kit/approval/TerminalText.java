package ai.paybond.kit.approval;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes text of unknown origin visible: what a terminal would act on, hide or reorder is shown as its code. */
final class TerminalText {
    /** Control, format (direction marks too), unassigned and private characters, halves of pairs, and odd line breaks and spaces. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\p{Zs}&&[^ ]]");

    private TerminalText() {}

    /** As JSON writes it, so that JSON stays the same JSON. */
    static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll(TerminalText::escaped);
    }

    private static String escaped(MatchResult found) {
        StringBuilder codes = new StringBuilder();
        found.group().chars().forEach(unit -> codes.append(String.format(Locale.ROOT, "\\\\u%04x", unit)));
        return codes.toString();
    }
}
