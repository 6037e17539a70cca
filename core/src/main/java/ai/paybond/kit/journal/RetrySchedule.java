package ai.paybond.kit.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a call is tried again, and when no more. */
final class RetrySchedule {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    /** 2^40 times any first delay is beyond every longest one. */
    private static final int MOST_DOUBLINGS = 40;

    private final DeliverySettings settings;
    private final RandomGenerator random;

    RetrySchedule(DeliverySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * @param failures how often it failed in a row, this time included
     * @param wish what the authority asked for
     */
    Instant next(int failures, @Nullable Duration wish, Instant now) {
        Duration delay = jittered(growing(failures));
        Duration bounded = wish == null ? Duration.ZERO : shorter(wish, LONGEST_RETRY_AFTER);
        return now.plus(delay.compareTo(bounded) < 0 ? bounded : delay);
    }

    /** Whether one more failure is one too many. */
    boolean isExhausted(@Nullable Postponement earlier, Instant now) {
        int failures = earlier == null ? 0 : earlier.failures();
        if (earlier == null || failures == 0) {
            return settings.maxAttempts() == 1;
        }
        return failures + 1 >= settings.maxAttempts()
                || !earlier.since().plus(settings.maxAge()).isAfter(now);
    }

    private Duration growing(int failures) {
        Duration delay = settings.firstDelay();
        for (int i = 1; i < Math.min(failures, MOST_DOUBLINGS); i++) {
            if (delay.compareTo(settings.longestDelay()) >= 0) {
                return settings.longestDelay();
            }
            delay = delay.multipliedBy(2);
        }
        return shorter(delay, settings.longestDelay());
    }

    /** Between half and all of it, so that those who failed together do not come back together. */
    private Duration jittered(Duration delay) {
        long half = Math.max(1, delay.toMillis() / 2);
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
