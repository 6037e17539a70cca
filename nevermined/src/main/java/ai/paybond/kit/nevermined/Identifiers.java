package ai.paybond.kit.nevermined;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Identifiers of plans, agents, delegations and accounts: opaque words that can stand in a path. */
final class Identifiers {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_:-][A-Za-z0-9_:.-]{0,199}");

    private Identifiers() {}

    static String require(@Nullable String value, String name) {
        if (value == null || !WORD.matcher(value).matches()) {
            throw NeverminedException.validation(name + " is missing or not an identifier");
        }
        return value;
    }
}
