package ai.paybond.kit;

import java.util.Locale;
import java.util.Optional;

/** The two worlds of Paybond. An API key belongs to exactly one of them. */
public enum PaybondEnvironment {
    /** Simulated money. */
    SANDBOX,
    /** Real money. */
    LIVE;

    /** The text used on the wire and in key prefixes. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment of that text; empty for any other text. */
    public static Optional<PaybondEnvironment> ofText(String text) {
        return switch (text) {
            case "sandbox" -> Optional.of(SANDBOX);
            case "live" -> Optional.of(LIVE);
            default -> Optional.empty();
        };
    }
}
