package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * What is owed could not be told to the authority so far, or is being told now.
 *
 * @param failures how often it was tried in vain since the last success; 0 while the first try is under way
 * @param since when that began
 * @param until when others may try
 * @param reasonCode why it failed the last time
 */
public record Postponement(int failures, Instant since, Instant until, String reasonCode) {
    public Postponement {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(reasonCode, "reasonCode");
    }

    /** Whether somebody is trying at this moment, so that others leave it alone. */
    boolean isUnderWay(Instant now) {
        return failures == 0 && until.isAfter(now);
    }

    Postponement afterProgress() {
        return new Postponement(0, since, until, reasonCode);
    }
}
