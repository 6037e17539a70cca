package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * What is owed could not be told to the authority so far.
 *
 * @param failures how often it was tried since the last success, 1 or more
 * @param since when it failed first
 * @param until when it may be tried again
 * @param reasonCode why it failed the last time
 */
public record Postponement(int failures, Instant since, Instant until, String reasonCode) {
    public Postponement {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(reasonCode, "reasonCode");
    }
}
