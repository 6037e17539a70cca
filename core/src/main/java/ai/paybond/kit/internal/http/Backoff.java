package ai.paybond.kit.internal.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which replies are worth another attempt, and after which pause. Figures are those of the other Paybond kits. */
final class Backoff {
    private static final Set<Integer> TRANSIENT = Set.of(429, 500, 502, 503, 504);
    private static final double LONGEST_RETRY_AFTER_SECONDS = 30;
    private static final double LONGEST_SECONDS = 5;
    private static final double FIRST_SECONDS = 0.2;
    private static final double JITTER_SECONDS = 0.1;

    private final Machine machine;

    Backoff(Machine machine) {
        this.machine = machine;
    }

    static boolean isTransient(int status) {
        return TRANSIENT.contains(status);
    }

    /** The pause after a failed attempt; attempts count from 0. */
    Duration pause(int attempt, @Nullable HttpReply reply) {
        double seconds = retryAfterSeconds(reply == null ? null : reply.header("retry-after"))
                .orElseGet(() -> growing(attempt));
        return Duration.ofNanos(Math.round(seconds * 1_000_000_000));
    }

    private double growing(int attempt) {
        return Math.min(FIRST_SECONDS * Math.pow(2, attempt) + machine.chance() * JITTER_SECONDS, LONGEST_SECONDS);
    }

    /** Seconds only: an HTTP date would be read against a clock that the server does not share. */
    private static Optional<Double> retryAfterSeconds(@Nullable String header) {
        if (header == null || !header.strip().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Optional.empty();
        }
        return Optional.of(Math.min(Double.parseDouble(header.strip()), LONGEST_RETRY_AFTER_SECONDS));
    }
}
