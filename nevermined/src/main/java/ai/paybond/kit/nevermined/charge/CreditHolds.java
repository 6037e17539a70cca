package ai.paybond.kit.nevermined.charge;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Credits that calls of this process have been promised and that are not charged yet, by plan and payer. */
final class CreditHolds {
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final Duration holdFor;
    private final Clock clock;

    CreditHolds(Duration holdFor, Clock clock) {
        this.holdFor = holdFor;
        this.clock = clock;
    }

    /** A point in time, for {@link Account#isUntouchedSince}. */
    long now() {
        return changes.get();
    }

    /** Synchronise on it to decide about its credits. */
    Account account(String planId, String payer) {
        return accounts.computeIfAbsent(planId + "/" + payer, key -> new Account());
    }

    /** One payer's holds on one plan. Every method wants the account's lock. */
    final class Account {
        private final Map<String, Hold> holds = new ConcurrentHashMap<>();
        private long changedAt;

        boolean isUntouchedSince(long point) {
            dropExpired();
            return holds.isEmpty() && changedAt <= point;
        }

        BigInteger outstanding() {
            dropExpired();
            return holds.values().stream().map(Hold::credits).reduce(BigInteger.ZERO, BigInteger::add);
        }

        void hold(String requestId, BigInteger credits) {
            holds.put(requestId, new Hold(credits, clock.instant().plus(holdFor)));
            changedAt = changes.incrementAndGet();
        }

        void release(String requestId) {
            holds.remove(requestId);
            changedAt = changes.incrementAndGet();
        }

        /** A call that nobody finished does not block its payer for ever. */
        private void dropExpired() {
            Instant now = clock.instant();
            if (holds.values().removeIf(hold -> !now.isBefore(hold.until))) {
                changedAt = changes.incrementAndGet();
            }
        }
    }

    private record Hold(BigInteger credits, Instant until) {}
}
