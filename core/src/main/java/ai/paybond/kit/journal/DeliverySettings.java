package ai.paybond.kit.journal;

import ai.paybond.kit.ConfigurationException;
import java.time.Duration;

/**
 * How patiently what is owed is delivered.
 *
 * <p>After the first failure a call waits between half of {@code firstDelay} and all of it, after each further one up to
 * twice as long, up to {@code longestDelay}. What an authority asks for with {@code Retry-After} is waited for, up to a day.
 * After {@code maxAttempts} failures in a row, or when the first of them is {@code maxAge} ago, the call is parked with
 * {@value #EXHAUSTED} until a person has it {@linkplain EvidenceDelivery#retry tried again}.
 *
 * @param firstDelay above 0
 * @param longestDelay not shorter than the first
 * @param maxAttempts 1 or more
 * @param maxAge above 0
 * @param threads how many intents a process delivers at a time in the background, 1 to 64
 * @param pollInterval how often a thread looks for work when there was none, above 0
 * @param lease how long after its death the work of a process is taken over by others, 1 s or more; renewed while it lives
 */
public record DeliverySettings(
        Duration firstDelay,
        Duration longestDelay,
        int maxAttempts,
        Duration maxAge,
        int threads,
        Duration pollInterval,
        Duration lease) {
    /** The reason of calls that were parked because the authority was out of reach for too long. */
    public static final String EXHAUSTED = "delivery.attempts_exhausted";

    /** 1 s to 5 min between attempts, 1,000 attempts or 3 days, 2 threads that look every second, leases of 15 s. */
    public static final DeliverySettings DEFAULT = new DeliverySettings(
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            1_000,
            Duration.ofDays(3),
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(15));

    /** @throws ConfigurationException {@code delivery.settings} when a value is out of its range */
    public DeliverySettings {
        require(isPositive(firstDelay), "firstDelay is above 0");
        require(longestDelay.compareTo(firstDelay) >= 0, "longestDelay is not shorter than firstDelay");
        require(maxAttempts >= 1, "maxAttempts is 1 or more");
        require(isPositive(maxAge), "maxAge is above 0");
        require(threads >= 1 && threads <= 64, "threads is 1 to 64");
        require(isPositive(pollInterval), "pollInterval is above 0");
        require(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease is 1 s or more");
    }

    /** Other bounds, after which a call is parked. */
    public DeliverySettings parkedAfter(int attempts, Duration age) {
        return new DeliverySettings(firstDelay, longestDelay, attempts, age, threads, pollInterval, lease);
    }

    /** Other pauses between the attempts for one call. */
    public DeliverySettings delays(Duration first, Duration longest) {
        return new DeliverySettings(first, longest, maxAttempts, maxAge, threads, pollInterval, lease);
    }

    /** Another number of threads that look for work so often. */
    public DeliverySettings workers(int count, Duration interval) {
        return new DeliverySettings(firstDelay, longestDelay, maxAttempts, maxAge, count, interval, lease);
    }

    /** Another length of leases. */
    public DeliverySettings leases(Duration length) {
        return new DeliverySettings(firstDelay, longestDelay, maxAttempts, maxAge, threads, pollInterval, length);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new ConfigurationException("delivery.settings", rule);
        }
    }
}
