package ai.paybond.kit.internal.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which replies are worth another attempt, and after which pause. Figures are those of the other Paybond kits. */
final class Backoff {
    private static final Set<Integer> TRANSIENT = Set.of(429, 500, 502, 503, 504);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);
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
        Optional<Duration> asked = reply == null ? Optional.empty() : reply.retryAfter();
        return asked.map(wish -> wish.compareTo(LONGEST_RETRY_AFTER) < 0 ? wish : LONGEST_RETRY_AFTER)
                .orElseGet(() -> Duration.ofNanos(Math.round(growing(attempt) * 1_000_000_000)));
    }

    private double growing(int attempt) {
        return Math.min(FIRST_SECONDS * Math.pow(2, attempt) + machine.chance() * JITTER_SECONDS, LONGEST_SECONDS);
    }
}
