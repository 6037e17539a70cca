package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.harbor.SpendOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays once what is owed for one call: has the authority decide on what was spent offline, completes the spend, signs what is
 * not signed yet, delivers the evidence. Each step is kept before the next; what fails is postponed, or parked for good.
 * Thread-safe.
 */
final class DeliveryAttempt {
    private static final Logger log = LoggerFactory.getLogger(DeliveryAttempt.class);
    private static final String NO_GUARD = "reconciliation.no_guard";

    private final DeliveryTarget target;
    private final EvidenceSealer sealer;
    private final @Nullable SpendReconciler reconciler;
    private final EntryKeeper keeper;
    private final RetrySchedule schedule;
    private final Clock clock;

    DeliveryAttempt(
            DeliveryTarget target,
            EvidenceSealer sealer,
            @Nullable SpendReconciler reconciler,
            EntryKeeper keeper,
            RetrySchedule schedule,
            Clock clock) {
        this.target = target;
        this.sealer = sealer;
        this.reconciler = reconciler;
        this.keeper = keeper;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Whether an entry has only waited for somebody who can ask about it, and here is one. */
    boolean isWaitedFor(JournalEntry entry) {
        Postponement waits = entry.postponement();
        return reconciler != null && waits != null && waits.reasonCode().equals(NO_GUARD);
    }

    /** The entry as it stands afterwards. Never throws. */
    JournalEntry of(JournalEntry entry) {
        Progress progress = new Progress(isWaitedFor(entry) ? entry.patientAnew() : entry);
        progress.reconcile();
        progress.completeSpend();
        progress.seal();
        progress.deliver();
        return progress.end();
    }

    /**
     * Completes the spend of an entry without keeping anything.
     *
     * @throws RuntimeException when the authority does not take it
     */
    void completeSpend(JournalEntry entry) {
        SpendOutcome outcome = entry.spend() == SpendStatus.CONSUME_DUE ? SpendOutcome.CONSUMED : SpendOutcome.RELEASED;
        String decisionId = Objects.requireNonNull(entry.decisionId(), "decisionId");
        target.complete(
                new SpendHold(
                        entry.key(), entry.facts().operation(), entry.facts().spendCents(), decisionId),
                outcome);
    }

    /** What an entry turns into when it is parked. */
    @FunctionalInterface
    private interface Parking {
        JournalEntry park(JournalEntry entry, String reason, Instant at);
    }

    /** One attempt under way. */
    private final class Progress {
        private JournalEntry entry;
        private @Nullable Throwable failure;

        Progress(JournalEntry entry) {
            this.entry = entry;
        }

        void reconcile() {
            SpendReconciler asking = reconciler;
            if (entry.spend() == SpendStatus.RECONCILE_DUE) {
                step(JournalEntry::reconciliationRefused, () -> {
                    if (asking == null) {
                        throw new JournalException(NO_GUARD, "no guard is open that holds the capability", null);
                    }
                    return asking.reconcile(entry);
                });
            }
        }

        void completeSpend() {
            if (isSpendDue() && entry.decisionId() != null) {
                step(JournalEntry::spendRejected, () -> {
                    DeliveryAttempt.this.completeSpend(entry);
                    return entry.spendCompleted(clock.instant());
                });
            }
        }

        private boolean isSpendDue() {
            return entry.spend() == SpendStatus.CONSUME_DUE || entry.spend() == SpendStatus.RELEASE_DUE;
        }

        /** The signed bytes are kept before they are sent, as they were meant to be. */
        void seal() {
            EvidenceEnvelope envelope = entry.envelope();
            if (maySend() && envelope != null && !envelope.isSealed()) {
                step(JournalEntry::evidenceRejected, () -> entry.sealed(sealer.seal(envelope), clock.instant()));
            }
        }

        void deliver() {
            EvidenceEnvelope envelope = entry.envelope();
            if (maySend() && envelope != null && envelope.isSealed()) {
                step(JournalEntry::evidenceRejected, () -> {
                    DeliveryReceipt receipt =
                            Objects.requireNonNull(target.deliver(envelope), "the target gave no receipt");
                    return entry.delivered(receipt, clock.instant());
                });
            }
        }

        /** Evidence of a spend that the authority does not know proves nothing to it. */
        private boolean maySend() {
            return entry.evidence() == EvidenceStatus.PENDING && entry.spend() != SpendStatus.RECONCILE_DUE;
        }

        private void step(Parking parking, Supplier<JournalEntry> step) {
            try {
                entry = keeper.keep(step.get());
            } catch (DeliveryRejectedException e) {
                log.error("call {} is parked, the authority refused it for good: {}", entry.key(), e.code());
                entry = keeper.keep(parking.park(entry, e.code(), clock.instant()));
            } catch (Throwable e) {
                log.warn("call {} stays pending: {}", entry.key(), EntryKeeper.code(e));
                failure = e;
            }
        }

        JournalEntry end() {
            Throwable reason = failure;
            if (reason == null || !entry.isPending()) {
                return entry;
            }
            Instant now = clock.instant();
            boolean nobodyToAsk = entry.spend() == SpendStatus.RECONCILE_DUE && reconciler == null;
            return schedule.isExhausted(entry.postponement(), now) && !nobodyToAsk
                    ? parked(now)
                    : postponed(reason, now);
        }

        private JournalEntry postponed(Throwable reason, Instant now) {
            Postponement earlier = entry.postponement();
            Duration wish = reason instanceof DeliveryPostponedException asked ? asked.retryAfter() : null;
            Instant until = schedule.next(earlier == null ? 1 : earlier.failures() + 1, wish, now);
            return keeper.keep(entry.postponed(EntryKeeper.code(reason), until, now));
        }

        private JournalEntry parked(Instant now) {
            log.error("call {} is parked, it could not be delivered for too long", entry.key());
            JournalEntry given = entry.spend().isDue() ? entry.spendRejected(DeliverySettings.EXHAUSTED, now) : entry;
            return keeper.keep(
                    given.evidence() == EvidenceStatus.PENDING
                            ? given.evidenceRejected(DeliverySettings.EXHAUSTED, now)
                            : given);
        }
    }
}
