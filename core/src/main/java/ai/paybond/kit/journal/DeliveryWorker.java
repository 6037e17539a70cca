package ai.paybond.kit.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is owed in the background, on daemon threads, for one tenant; and says that the process lives which runs
 * that tenant's calls. Any number of workers, in any number of processes, share a journal: each intent is delivered by one
 * of them at a time, and what a dead one had begun is taken over when its lease ends.
 *
 * <p>No fault of authority or journal ends a worker: it looks again later. Thread-safe.
 */
public final class DeliveryWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final int AT_A_TIME = 32;
    private static final int LONGEST_REST = 32;

    private final CallJournal journal;
    private final EvidenceDelivery anyIntent;
    private final String tenantId;
    private final String process;
    private final DeliverySettings settings;
    private final Clock clock;
    private final ThreadFactory factory;
    private final Map<String, EvidenceDelivery> byIntent = new ConcurrentHashMap<>();
    private final Queue<EvidenceDelivery> superseded = new ConcurrentLinkedQueue<>();
    private final Queue<String> justAdopted = new ConcurrentLinkedQueue<>();

    /** Which intents are being delivered, and by which thread. */
    private final Map<String, String> held = new ConcurrentHashMap<>();

    private final List<Thread> threads = new ArrayList<>();
    private final Object idle = new Object();
    private volatile boolean stopped;

    private DeliveryWorker(
            CallJournal journal,
            EvidenceDelivery anyIntent,
            String tenantId,
            String process,
            DeliverySettings settings,
            Clock clock,
            ThreadFactory factory) {
        this.journal = journal;
        this.anyIntent = anyIntent;
        this.tenantId = tenantId;
        this.process = process;
        this.settings = settings;
        this.clock = clock;
        this.factory = factory;
    }

    /**
     * Starts platform threads.
     *
     * @param delivery delivers calls of intents that no {@linkplain #adopt adopted} delivery is for
     * @param tenantId whose calls
     * @param process this process's name, which no other has; the {@linkplain JournalEntry#runner runner} of its calls
     */
    public static DeliveryWorker start(
            CallJournal journal,
            EvidenceDelivery delivery,
            String tenantId,
            String process,
            DeliverySettings settings,
            Clock clock) {
        return start(journal, delivery, tenantId, process, settings, clock, Thread::new);
    }

    /**
     * As the other {@code start}, on threads of the caller's making.
     *
     * @param threads makes them, unstarted; they are named and made daemons here
     */
    public static DeliveryWorker start(
            CallJournal journal,
            EvidenceDelivery delivery,
            String tenantId,
            String process,
            DeliverySettings settings,
            Clock clock,
            ThreadFactory threads) {
        DeliveryWorker worker = new DeliveryWorker(journal, delivery, tenantId, process, settings, clock, threads);
        worker.sayAlive();
        worker.launch("paybond-journal-heartbeat", worker::beat);
        for (int i = 1; i <= settings.threads(); i++) {
            String name = "paybond-delivery-" + i;
            worker.launch(name, () -> worker.work(process + "/" + name));
        }
        return worker;
    }

    /** From now on the calls of its intent are delivered through this delivery, which may know more about them. */
    public void adopt(EvidenceDelivery delivery) {
        String intentId = delivery.intentId();
        if (intentId != null) {
            EvidenceDelivery before = byIntent.put(intentId, delivery);
            if (before != null && before != delivery) {
                superseded.add(before);
            }
            justAdopted.add(intentId);
        }
    }

    private void launch(String name, Runnable task) {
        Thread thread = Objects.requireNonNull(factory.newThread(task), "the factory made no thread");
        thread.setName(name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void work(String owner) {
        int rest = 1;
        while (!stopped) {
            try {
                rest = deliverSome(owner) > 0 ? 0 : 1;
            } catch (Throwable e) {
                log.error("delivery rests, the journal cannot be asked: {}", EntryKeeper.code(e));
                rest = Math.min(Math.max(1, rest) * 2, LONGEST_REST);
            }
            if (rest > 0) {
                rest(settings.pollInterval().multipliedBy(rest));
            }
        }
    }

    /** How many calls were settled or parked. */
    private int deliverSome(String owner) {
        recover();
        if (journal.pending(null, 1).isEmpty()) {
            justAdopted.clear();
            return 0;
        }
        int done = 0;
        for (String intentId : turns(owner)) {
            held.put(intentId, owner);
            try {
                EvidenceDelivery delivery = byIntent.getOrDefault(intentId, anyIntent);
                done += delivery.deliverDue(intentId, AT_A_TIME, () -> !stopped && owner.equals(held.get(intentId)));
            } finally {
                held.remove(intentId, owner);
                journal.release(lease(owner), intentId);
            }
        }
        return done;
    }

    /** What an adopted delivery may do at once, others may have postponed for want of one. */
    private List<String> turns(String owner) {
        String adopted = justAdopted.poll();
        if (adopted == null) {
            return journal.leaseDue(lease(owner), 1);
        }
        if (journal.lease(lease(owner), adopted)) {
            return List.of(adopted);
        }
        justAdopted.add(adopted);
        return List.of();
    }

    private void recover() {
        anyIntent.recover();
        byIntent.values().forEach(EvidenceDelivery::recover);
        superseded.forEach(EvidenceDelivery::recover);
        superseded.removeIf(delivery -> !delivery.holdsStranded());
        byIntent.values().removeIf(this::isDone);
    }

    /** A session may see any number of intents come and go. */
    private boolean isDone(EvidenceDelivery delivery) {
        return delivery.isRetired()
                && !delivery.holdsStranded()
                && journal.pending(delivery.intentId(), 1).isEmpty();
    }

    /** Whether the calls of this intent are delivered through a delivery of their own. */
    boolean hasAdopted(String intentId) {
        return byIntent.containsKey(intentId);
    }

    private void beat() {
        while (!stopped) {
            rest(settings.lease().dividedBy(3));
            sayAlive();
            held.forEach(this::renew);
        }
    }

    private void sayAlive() {
        try {
            journal.keepAlive(process, clock.instant().plus(settings.lease()));
        } catch (Throwable e) {
            log.warn("the journal does not take that this process lives: {}", EntryKeeper.code(e));
        }
    }

    /** Whoever has lost a lease stops after the call that it is at. */
    private void renew(String intentId, String owner) {
        try {
            if (!journal.lease(lease(owner), intentId)) {
                held.remove(intentId, owner);
            } else if (!owner.equals(held.get(intentId))) {
                journal.release(lease(owner), intentId); // given back meanwhile
            }
        } catch (Throwable e) {
            log.warn("a lease could not be renewed: {}", EntryKeeper.code(e));
        }
    }

    private DeliveryLease lease(String owner) {
        Instant now = clock.instant();
        return new DeliveryLease(tenantId, owner, now, now.plus(settings.lease()));
    }

    private void rest(Duration time) {
        try {
            synchronized (idle) {
                if (!stopped) {
                    idle.wait(Math.max(1, time.toMillis()));
                }
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    /** Waits for deliveries that are under way, for at most so long, and begins no other. */
    public void stop(Duration limit) {
        synchronized (idle) {
            stopped = true;
            idle.notifyAll();
        }
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that this process runs calls no longer, after {@linkplain #stop stopping} at once. */
    @Override
    public void close() {
        stop(Duration.ZERO);
        try {
            journal.resign(process);
        } catch (Throwable e) {
            log.warn("the journal does not take that this process ends: {}", EntryKeeper.code(e));
        }
    }
}
