package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceSealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays what is owed for calls: completes the spend, then delivers the evidence, the same bytes under the same key until
 * they are acknowledged, refused for good, or out of reach for too long ({@link DeliverySettings}).
 *
 * <p>The calls of one intent are delivered in the order in which they finished: while one of them cannot be, those behind
 * it wait, and no others do. A parked call is waited for no longer. Calls that ended at the same time, in several threads,
 * have no order among them.
 *
 * <p>No method throws for a fault of the target, the signer or the journal; what could not be done stays pending. There
 * is no thread behind this: a {@link DeliveryWorker} is one, or call {@link #retryPending()} from a scheduler, and
 * {@link #drain} before the process ends. Thread-safe.
 */
public final class EvidenceDelivery {
    private static final Logger log = LoggerFactory.getLogger(EvidenceDelivery.class);
    private static final int BATCH = 256;
    private static final int LOOK_BACK = 16;
    private static final int LEASES_FOR_THE_FIRST_TRY = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String owner = UUID.randomUUID().toString();
    private final CallJournal journal;
    private final EntryKeeper keeper;
    private final DeliveryAttempt attempt;
    private final Orphans orphans;
    private final DeliverySettings settings;
    private final Clock clock;
    private final @Nullable String tenantId;
    private final @Nullable String intentId;
    private final Waiting waiting;
    private final Set<CallKey> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean retired;

    private EvidenceDelivery(Builder builder) {
        this.journal = builder.journal;
        this.settings = builder.settings;
        this.clock = builder.clock;
        this.tenantId = builder.tenantId;
        this.intentId = builder.intentId;
        this.waiting = builder.waiting;
        this.keeper = new EntryKeeper(journal, builder.observer);
        this.attempt = new DeliveryAttempt(
                builder.target,
                builder.sealer,
                builder.reconciler,
                keeper,
                new RetrySchedule(settings, builder.random),
                clock);
        this.orphans = new Orphans(attempt);
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
     * Keeps an entry and tries once to settle it, after those of its intent that wait longer. If the journal does not take
     * it, it is kept in memory and given to the journal again with every round.
     *
     * @return the entry as it stands afterwards
     */
    public JournalEntry settle(JournalEntry entry) {
        if (!entry.isPending()) {
            return keep(entry);
        }
        if (othersWaitLonger(entry)) {
            JournalEntry kept = keep(entry);
            deliverInTurn(kept);
            return keeper.newest(kept);
        }
        Instant now = clock.instant();
        Duration patience = settings.lease().multipliedBy(LEASES_FOR_THE_FIRST_TRY);
        return attempt(keep(entry.underWay(now.plus(patience), now)));
    }

    /**
     * Keeps an entry, in the journal or for want of it in memory, and tries nothing yet.
     *
     * @return the entry that holds: the given one, unless the journal knows as much or more of the call already
     */
    public JournalEntry keep(JournalEntry entry) {
        return keeper.keep(entry);
    }

    /**
     * Gives back the reservation of a call that never started, now or in a later round. The journal is not involved: it
     * may be the reason, or the key may belong to another call.
     */
    public void handBack(JournalEntry neverStarted) {
        orphans.handBack(neverStarted);
    }

    /**
     * Tries everything that is pending once, also what would be tried later only; of each intent as far as it succeeds. What
     * another process is delivering is left to it.
     */
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
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
        return report;
    }

    /**
     * Has a parked call tried again, now and from now on as if it had just finished.
     *
     * @return the entry as it stands afterwards
     * @throws JournalException {@code call.not_parked} when nothing of the call was parked that can be delivered
     */
    public JournalEntry retry(CallKey key) {
        JournalEntry parked = journal.find(key).filter(this::isOwn).orElse(null);
        JournalEntry again = parked == null ? null : parked.redriven(clock.instant());
        if (again == null || again == parked) {
            throw new JournalException("call.not_parked", "nothing of the call is parked that can be delivered", null);
        }
        return attempt(keep(again));
    }

    private DeliveryReport round(BooleanSupplier goOn) {
        keeper.keepStranded();
        try (DeliveryRound round = new DeliveryRound(this::attempt, this::lease, this::release)) {
            List<JournalEntry> batch = due(round);
            while (!batch.isEmpty()) {
                batch.forEach(entry -> round.take(entry, goOn));
                batch = due(round);
            }
            return round.report(orphans.handBackAll(goOn));
        }
    }

    /** The next entries that this round has not seen yet. */
    private List<JournalEntry> due(DeliveryRound round) {
        List<JournalEntry> found = new ArrayList<>(keeper.stranded());
        found.removeIf(entry -> !entry.isPending());
        try {
            found.addAll(journal.pending(intentId, round.seen() + BATCH));
        } catch (Throwable e) {
            log.error("the journal cannot tell what is pending: {}", EntryKeeper.code(e));
        }
        found.removeIf(entry -> !isOwn(entry) || !round.sees(entry));
        return found;
    }

    private boolean isOwn(JournalEntry entry) {
        return tenantId == null || tenantId.equals(entry.facts().tenantId());
    }

    /** Those that are being delivered at this moment finished at about the same time and are not waited for. */
    private boolean othersWaitLonger(JournalEntry entry) {
        try {
            Instant now = clock.instant();
            return journal.pending(entry.key().intentId(), LOOK_BACK).stream()
                    .filter(other -> !other.key().equals(entry.key()))
                    .anyMatch(other -> !isUnderWay(other, now));
        } catch (Throwable e) {
            return false;
        }
    }

    private boolean isUnderWay(JournalEntry entry, Instant now) {
        Postponement postponement = entry.postponement();
        return underWay.contains(entry.key()) || (postponement != null && postponement.isUnderWay(now));
    }

    private void deliverInTurn(JournalEntry last) {
        try {
            if (lease(last)) {
                try {
                    deliverDue(last.key().intentId(), LOOK_BACK, () -> true);
                } finally {
                    release(last);
                }
            }
        } catch (Throwable e) {
            log.error("the journal cannot tell whose turn it is: {}", EntryKeeper.code(e));
        }
    }

    /**
     * Delivers the calls of an intent, for which the caller has a lease, in their order until one is not due or fails.
     *
     * @param limit at most so many
     * @return how many were settled or parked
     * @throws JournalException when the journal cannot tell
     */
    int deliverDue(String intent, int limit, BooleanSupplier goOn) {
        int done = 0;
        for (JournalEntry entry : journal.pending(intent, limit)) {
            boolean now = goOn.getAsBoolean() && isOwn(entry) && isDue(entry);
            if (!now || attempt(entry).isPending()) {
                return done;
            }
            done++;
        }
        return done;
    }

    private boolean isDue(JournalEntry entry) {
        return entry.mayBeTriedAt(clock.instant()) || attempt.isWaitedFor(entry);
    }

    /** Catches up on what needs no turn: entries that the journal did not take, reservations to give back. */
    void recover() {
        keeper.keepStranded();
        orphans.handBackAll(() -> true);
    }

    /** Whether something is held in memory only. */
    boolean holdsStranded() {
        return !keeper.stranded().isEmpty() || !orphans.isEmpty();
    }

    /** Says that no more calls come this way: a {@link DeliveryWorker} lets go of it once nothing is left to do. */
    public void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    @Nullable String intentId() {
        return intentId;
    }

    private boolean lease(JournalEntry entry) {
        return journal.lease(wish(entry), entry.key().intentId());
    }

    private void release(JournalEntry entry) {
        journal.release(wish(entry), entry.key().intentId());
    }

    private DeliveryLease wish(JournalEntry entry) {
        Instant now = clock.instant();
        return new DeliveryLease(entry.facts().tenantId(), owner, now, now.plus(settings.lease()));
    }

    private JournalEntry attempt(JournalEntry entry) {
        if (!underWay.add(entry.key())) {
            return entry;
        }
        try {
            JournalEntry newest = keeper.newest(entry);
            return newest.isPending() ? attempt.of(newest) : newest;
        } finally {
            underWay.remove(entry.key());
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

    /** Collects the parts of a delivery. Not thread-safe. */
    public static final class Builder {
        private final CallJournal journal;
        private final DeliveryTarget target;
        private final EvidenceSealer sealer;
        private Clock clock = Clock.systemUTC();
        private DeliverySettings settings = DeliverySettings.DEFAULT;
        private RandomGenerator random = new Random(); // the default one is not found from every class loader
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

        /** How patiently; {@link DeliverySettings#DEFAULT} by default. */
        public Builder settings(DeliverySettings settings) {
            this.settings = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /** Scatters the pauses; need not be secure. */
        public Builder random(RandomGenerator random) {
            this.random = Objects.requireNonNull(random, "random");
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
