package ai.paybond.kit.journal;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.harbor.SpendOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays what is owed for calls: completes the spend, then delivers the evidence, the same bytes under the same key until
 * they are acknowledged or refused for good.
 *
 * <p>No method throws for a fault of the target, the signer or the journal; what could not be done stays pending. There
 * is no thread behind this: call {@link #retryPending()} from a scheduler, and {@link #drain} before the process ends.
 * Thread-safe.
 */
public final class EvidenceDelivery {
    private static final Logger log = LoggerFactory.getLogger(EvidenceDelivery.class);
    private static final int BATCH = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final CallJournal journal;
    private final DeliveryTarget target;
    private final EvidenceSealer sealer;
    private final Clock clock;
    private final @Nullable String tenantId;
    private final @Nullable String intentId;
    private final Consumer<JournalEntry> observer;
    private final Waiting waiting;
    private final @Nullable SpendReconciler reconciler;

    /** Entries that the journal did not take; kept here so that nothing is lost while the process lives. */
    private final Map<CallKey, JournalEntry> stranded = new ConcurrentHashMap<>();

    /** Reservations of calls that never started, by decision. */
    private final Map<String, JournalEntry> orphans = new ConcurrentHashMap<>();

    private final Set<CallKey> underWay = ConcurrentHashMap.newKeySet();

    private EvidenceDelivery(Builder builder) {
        this.journal = builder.journal;
        this.target = builder.target;
        this.sealer = builder.sealer;
        this.clock = builder.clock;
        this.tenantId = builder.tenantId;
        this.intentId = builder.intentId;
        this.observer = builder.observer;
        this.waiting = builder.waiting;
        this.reconciler = builder.reconciler;
    }

    /**
     * @param journal where pending entries are found
     * @param target where they are delivered
     * @param sealer signs what could not be signed before
     */
    public static Builder builder(CallJournal journal, DeliveryTarget target, EvidenceSealer sealer) {
        return new Builder(journal, target, sealer);
    }

    /**
     * Keeps an entry and tries once to settle it. If the journal does not take it, it is kept in memory and given to
     * the journal again with every round.
     *
     * @return the entry as it stands afterwards
     */
    public JournalEntry settle(JournalEntry entry) {
        return attempt(keep(entry));
    }

    /**
     * Gives back the reservation of a call that never started, now or in a later round. The journal is not involved: it
     * may be the reason, or the key may belong to another call.
     */
    public void handBack(JournalEntry neverStarted) {
        String decisionId = neverStarted.decisionId();
        if (decisionId == null || !neverStarted.isPending()) {
            return;
        }
        if (completeSpend(neverStarted).isPending()) {
            orphans.put(decisionId, neverStarted);
        } else {
            orphans.remove(decisionId);
        }
    }

    /** Tries everything that is pending once. */
    public DeliveryReport retryPending() {
        return round(() -> true);
    }

    /**
     * Tries until nothing is pending or the time is up, pausing 100 ms to 2 s between rounds. The limit is looked at
     * before each delivery; one that is under way is not cut short. An interrupt ends the drain and stays set.
     */
    public DeliveryReport drain(Duration limit) {
        Duration end = waiting.elapsed().plus(limit);
        BooleanSupplier timeLeft = () -> waiting.elapsed().compareTo(end) < 0;
        Duration pause = FIRST_PAUSE;
        DeliveryReport report = round(timeLeft);
        while (!report.isComplete() && timeLeft.getAsBoolean() && paused(pause)) {
            report = report.followedBy(round(timeLeft));
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        return report;
    }

    private DeliveryReport round(BooleanSupplier goOn) {
        int settled = 0;
        int parked = 0;
        int pending = 0;
        Set<CallKey> seen = new HashSet<>();
        List<JournalEntry> batch = due(seen);
        while (!batch.isEmpty()) {
            for (JournalEntry entry : batch) {
                JournalEntry after = goOn.getAsBoolean() ? attempt(entry) : entry;
                pending += after.isPending() ? 1 : 0;
                parked += !after.isPending() && after.state() == CallState.REJECTED ? 1 : 0;
                settled += !after.isPending() && after.state() != CallState.REJECTED ? 1 : 0;
            }
            batch = due(seen);
        }
        return new DeliveryReport(settled, parked, pending + handBackOrphans(goOn));
    }

    /** The next entries that this round has not seen yet. */
    private List<JournalEntry> due(Set<CallKey> seen) {
        List<JournalEntry> found = new ArrayList<>(stranded.values());
        try {
            found.addAll(journal.pending(intentId, seen.size() + BATCH));
        } catch (Throwable e) {
            log.error("the journal cannot tell what is pending: {}", code(e));
        }
        found.removeIf(entry -> !isOwn(entry) || !seen.add(entry.key()));
        return found;
    }

    private boolean isOwn(JournalEntry entry) {
        return tenantId == null || tenantId.equals(entry.facts().tenantId());
    }

    private int handBackOrphans(BooleanSupplier goOn) {
        for (JournalEntry orphan : List.copyOf(orphans.values())) {
            if (goOn.getAsBoolean()) {
                handBack(orphan);
            }
        }
        return orphans.size();
    }

    private JournalEntry attempt(JournalEntry entry) {
        if (!underWay.add(entry.key())) {
            return entry;
        }
        try {
            JournalEntry newest = newest(entry);
            if (stranded.containsKey(newest.key())) {
                keep(newest);
            }
            return newest.isPending() ? deliverEvidence(completeSpend(reconcile(newest))) : newest;
        } finally {
            underWay.remove(entry.key());
        }
    }

    /** Someone else may have settled the entry since it was read. */
    private JournalEntry newest(JournalEntry entry) {
        JournalEntry newest = stranded.getOrDefault(entry.key(), entry);
        try {
            JournalEntry kept = journal.find(entry.key()).orElse(newest);
            return kept.isNewerThan(newest) ? kept : newest;
        } catch (Throwable e) {
            return newest;
        }
    }

    private JournalEntry reconcile(JournalEntry entry) {
        SpendReconciler asking = reconciler;
        return entry.spend() == SpendStatus.RECONCILE_DUE && asking != null
                ? step(entry, JournalEntry::reconciliationRefused, () -> asking.reconcile(entry))
                : entry;
    }

    private JournalEntry completeSpend(JournalEntry entry) {
        String decisionId = entry.decisionId();
        if (!entry.spend().isDue() || decisionId == null) {
            return entry;
        }
        SpendOutcome outcome = entry.spend() == SpendStatus.CONSUME_DUE ? SpendOutcome.CONSUMED : SpendOutcome.RELEASED;
        SpendHold hold = new SpendHold(
                entry.key(), entry.facts().operation(), entry.facts().spendCents(), decisionId);
        return step(entry, JournalEntry::spendRejected, () -> {
            target.complete(hold, outcome);
            return entry.spendCompleted(clock.instant());
        });
    }

    private JournalEntry deliverEvidence(JournalEntry entry) {
        EvidenceEnvelope envelope = entry.envelope();
        boolean unknownThere = entry.spend() == SpendStatus.RECONCILE_DUE;
        if (entry.evidence() != EvidenceStatus.PENDING || envelope == null || unknownThere) {
            return entry;
        }
        if (!envelope.isSealed()) {
            return sealThenDeliver(entry, envelope);
        }
        return step(entry, JournalEntry::evidenceRejected, () -> {
            DeliveryReceipt receipt = Objects.requireNonNull(target.deliver(envelope), "the target gave no receipt");
            return entry.delivered(receipt, clock.instant());
        });
    }

    /** The signed bytes are kept before they are sent, as they were meant to be. */
    private JournalEntry sealThenDeliver(JournalEntry entry, EvidenceEnvelope owed) {
        JournalEntry sealed = step(
                entry,
                (e, reason, at) -> e.postponed(reason, at, at),
                () -> entry.sealed(sealer.seal(owed), clock.instant()));
        EvidenceEnvelope envelope = sealed.envelope();
        return envelope != null && envelope.isSealed() ? deliverEvidence(sealed) : sealed;
    }

    private JournalEntry step(JournalEntry entry, Parking parking, Supplier<JournalEntry> step) {
        JournalEntry after;
        try {
            after = step.get();
        } catch (DeliveryRejectedException e) {
            log.error("call {} is parked, the authority refused it for good: {}", entry.key(), e.code());
            after = parking.park(entry, e.code(), clock.instant());
        } catch (Throwable e) {
            log.warn("call {} stays pending: {}", entry.key(), code(e));
            Instant now = clock.instant();
            after = entry.postponed(code(e), now, now);
        }
        return entry.state() == CallState.AUTHORIZED ? after : keep(after);
    }

    /**
     * Keeps an entry, in the journal or for want of it in memory, and tries nothing yet.
     *
     * @return the entry that holds: the given one, unless the journal knows as much or more of the call already
     */
    public JournalEntry keep(JournalEntry entry) {
        try {
            boolean kept = journal.record(entry);
            stranded.remove(entry.key());
            if (!kept) {
                return overruled(entry);
            }
        } catch (Throwable e) {
            log.error("the journal does not take call {}, it is kept in memory: {}", entry.key(), code(e));
            stranded.put(entry.key(), entry);
        }
        notifyObserver(entry);
        return entry;
    }

    /** What the journal has goes: someone else was faster, as when two people settle one call in doubt. */
    private JournalEntry overruled(JournalEntry entry) {
        JournalEntry kept = journal.find(entry.key()).orElse(entry);
        if (kept.state() != entry.state()) {
            log.error("call {} is journaled as {} and not as {}", entry.key(), kept.state(), entry.state());
        }
        return kept;
    }

    private void notifyObserver(JournalEntry entry) {
        try {
            observer.accept(entry);
        } catch (Throwable e) {
            log.warn("a journal observer failed", e);
        }
    }

    private boolean paused(Duration pause) {
        try {
            waiting.pause(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String code(Throwable e) {
        return e instanceof PaybondException known ? known.code() : e.getClass().getSimpleName();
    }

    /** What an entry turns into when the authority refuses for good. */
    @FunctionalInterface
    private interface Parking {
        JournalEntry park(JournalEntry entry, String reason, Instant at);
    }

    /** Collects the parts of a delivery. Not thread-safe. */
    public static final class Builder {
        private final CallJournal journal;
        private final DeliveryTarget target;
        private final EvidenceSealer sealer;
        private Clock clock = Clock.systemUTC();
        private @Nullable String tenantId;
        private @Nullable String intentId;
        private Consumer<JournalEntry> observer = entry -> {};
        private Waiting waiting = Waiting.real();
        private @Nullable SpendReconciler reconciler;

        private Builder(CallJournal journal, DeliveryTarget target, EvidenceSealer sealer) {
            this.journal = Objects.requireNonNull(journal, "journal");
            this.target = Objects.requireNonNull(target, "target");
            this.sealer = Objects.requireNonNull(sealer, "sealer");
        }

        /** Tells the time of each transition; the system's UTC clock by default. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Retries the entries of this tenant only; those of all tenants by default. */
        public Builder tenantId(String tenantId) {
            this.tenantId = Objects.requireNonNull(tenantId, "tenantId");
            return this;
        }

        /** Retries the entries of this intent only; those of all intents by default. */
        public Builder intentId(String intentId) {
            this.intentId = Objects.requireNonNull(intentId, "intentId");
            return this;
        }

        /** Is shown each entry after it was kept, once per transition; a fault of it is logged and dropped. */
        public Builder observer(Consumer<JournalEntry> observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /** Asks about what was spent offline, before its evidence is delivered. Without one, such calls stay pending. */
        public Builder reconciler(SpendReconciler reconciler) {
            this.reconciler = Objects.requireNonNull(reconciler, "reconciler");
            return this;
        }

        Builder waiting(Waiting waiting) {
            this.waiting = waiting;
            return this;
        }

        /** The delivery; nothing is tried before it is asked for. */
        public EvidenceDelivery build() {
            return new EvidenceDelivery(this);
        }
    }
}
