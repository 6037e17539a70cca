package ai.paybond.kit.paegents.rail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Units set aside for one call, named so that the journal alone is enough to record them after a crash: the name holds the
 * number, and the key under which recording it twice counts once.
 */
record UnitHold(long units, String key) {
    private static final Pattern NAME = Pattern.compile("units:([0-9]{1,18}):([0-9a-f]{64})");

    String decisionId() {
        return "units:" + units + ":" + key;
    }

    /** Empty for a decision that is no hold of this rail. */
    static Optional<UnitHold> parse(@Nullable String decisionId) {
        Matcher name = NAME.matcher(decisionId == null ? "" : decisionId);
        return name.matches()
                ? Optional.of(new UnitHold(Long.parseLong(name.group(1)), name.group(2)))
                : Optional.empty();
    }
}
