package ai.paybond.kit.cli.soak;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Makes guarded calls against a sandbox in another process for as long as it is told to: on several threads through one
 * session that stays open, and through one that is opened and closed over and over. At intervals everything stands still
 * and a {@link Sample} is taken.
 */
public final class Soak {
    private static final int THREADS = 4;

    private static final int MOST_BROKEN = 20;

    private final Path directory;
    private final AtomicLong calls = new AtomicLong();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final ReadWriteLock standstill = new ReentrantReadWriteLock(true);
    private volatile boolean ended;

    /** @param directory for the journal and the sandbox's data; what is in it is left there */
    public Soak(Path directory) {
        this.directory = directory;
    }

    /**
     * Soaks.
     *
     * @param samples how many are taken, evenly spread; at least 8 for growth to be judged
     * @param progress is told each sample as a line
     */
    public SoakReport run(Duration length, int samples, Consumer<String> progress)
            throws IOException, InterruptedException {
        try (SandboxProcess sandbox = SandboxProcess.start(directory);
                SoakSession lasting = session(sandbox.descriptor())) {
            List<Thread> threads = start(lasting, sandbox.descriptor());
            try {
                return new SoakReport(watch(length, samples, progress), List.copyOf(broken));
            } finally {
                ended = true;
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }
    }

    private SoakSession session(JsonObject sandbox) {
        return new SoakSession(sandbox, directory.resolve("journal.db"), calls);
    }

    private List<Thread> start(SoakSession lasting, JsonObject sandbox) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < THREADS; i++) {
            threads.add(new Thread(() -> repeat(lasting::round), "soak-" + i));
        }
        threads.add(new Thread(() -> repeat(() -> inPassing(sandbox)), "soak-sessions"));
        threads.forEach(Thread::start);
        return threads;
    }

    private List<String> inPassing(JsonObject sandbox) {
        try (SoakSession passing = session(sandbox)) {
            return passing.round();
        }
    }

    private interface Round {
        List<String> make();
    }

    private void repeat(Round round) {
        while (!ended) {
            standstill.readLock().lock();
            try {
                round.make().forEach(this::broke);
            } catch (RuntimeException e) {
                broke(e.toString());
            } finally {
                standstill.readLock().unlock();
            }
        }
    }

    private void broke(String promise) {
        if (broken.size() < MOST_BROKEN) {
            broken.add(promise);
        }
    }

    private List<Sample> watch(Duration length, int samples, Consumer<String> progress) throws InterruptedException {
        List<Sample> taken = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 1; i <= samples; i++) {
            Duration due = length.multipliedBy(i).dividedBy(samples);
            Duration now = Duration.ofNanos(System.nanoTime() - start);
            Thread.sleep(Math.max(0, due.minus(now).toMillis()));
            standstill.writeLock().lock();
            try {
                taken.add(Sample.take(Duration.ofNanos(System.nanoTime() - start), calls.get()));
            } finally {
                standstill.writeLock().unlock();
            }
            progress.accept(taken.get(i - 1).toJson().toJson());
        }
        return taken;
    }
}
