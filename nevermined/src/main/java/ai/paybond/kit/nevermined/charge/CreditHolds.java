package ai.paybond.kit.nevermined.charge;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

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

    Account account(String planId, String payer) {
        return accounts.computeIfAbsent(planId + "/" + payer, key -> new Account());
    }

    /**
     * What is promised at one moment.
     *
     * @param isSettling whether one of the calls is being charged, so that its credits may be gone from the balance already
     */
    record Promised(BigInteger credits, boolean isSettling, long changedAt) {}

    /** One payer's holds on one plan. Thread-safe; who adds to them does so under {@link #admission}. */
    final class Account {
        /** Lets one caller at a time find out whether its credits are there. */
        final ReentrantLock admission = new ReentrantLock();

        private final Map<String, Hold> holds = new HashMap<>();
        private long changedAt;

        synchronized boolean isUntouchedSince(long point) {
            dropExpired();
            return holds.isEmpty() && changedAt <= point;
        }

        synchronized Promised promised() {
            dropExpired();
            BigInteger credits = holds.values().stream().map(Hold::credits).reduce(BigInteger.ZERO, BigInteger::add);
            return new Promised(credits, holds.values().stream().anyMatch(Hold::isSettling), changedAt);
        }

        synchronized void hold(String requestId, BigInteger credits) {
            put(requestId, new Hold(credits, clock.instant().plus(holdFor), false));
        }

        synchronized void settling(String requestId) {
            Hold hold = holds.get(requestId);
            if (hold != null) {
                put(requestId, new Hold(hold.credits, hold.until, true));
            }
        }

        /** The settle came out, and may be tried again or may have charged: the credits stay promised. */
        synchronized void settled(String requestId) {
            Hold hold = holds.get(requestId);
            if (hold != null) {
                put(requestId, new Hold(hold.credits, hold.until, false));
            }
        }

        synchronized void release(String requestId) {
            holds.remove(requestId);
            changed();
        }

        /** Waits until something changed since then, or the time is up. */
        synchronized void awaitChange(Promised since, Duration atMost) throws InterruptedException {
            if (changedAt == since.changedAt) {
                wait(atMost.toMillis());
            }
        }

        private void put(String requestId, Hold hold) {
            holds.put(requestId, hold);
            changed();
        }

        private void changed() {
            changedAt = changes.incrementAndGet();
            notifyAll();
        }

        /** A call that nobody finished does not block its payer for ever. */
        private void dropExpired() {
            Instant now = clock.instant();
            if (holds.values().removeIf(hold -> !now.isBefore(hold.until))) {
                changed();
            }
        }
    }

    private record Hold(BigInteger credits, Instant until, boolean isSettling) {}
}
