package ai.paybond.kit.policy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says when a file may have changed: soon after anything happened in its directory, and at a fixed rate besides. It need not be
 * exact, since a reload compares contents; it must not stop.
 */
final class PolicyWatch implements AutoCloseable {
    private static final int MOST_ROUNDS = 20;
    private static final Duration JOIN = Duration.ofSeconds(5);

    private final Path directory;
    private final Duration debounce;
    private final Duration poll;
    private final Runnable reload;
    private final Consumer<Throwable> faults;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable WatchService events;
    private @Nullable Object watched;
    private boolean deaf;

    private PolicyWatch(Path file, Duration debounce, Duration poll, Runnable reload, Consumer<Throwable> faults) {
        if (debounce.isNegative() || debounce.isZero() || poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("debounce and poll are positive");
        }
        this.directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        this.debounce = debounce;
        this.poll = poll;
        this.reload = reload;
        this.faults = faults;
        this.thread = new Thread(this::run, "paybond-policy-watch");
        this.thread.setDaemon(true);
    }

    /** Listens before it returns, so that no later change is missed. */
    static PolicyWatch start(Path file, Duration debounce, Duration poll, Runnable reload, Consumer<Throwable> faults) {
        PolicyWatch watch = new PolicyWatch(file, debounce, poll, reload, faults);
        watch.listen();
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                reloadSafely();
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            stopListening();
        }
    }

    // A fault here must not end the watch: the agent would go on under a policy that nobody can tighten any more.
    private void reloadSafely() {
        try {
            reload.run();
        } catch (Throwable e) {
            faults.accept(e);
        }
    }

    private void await() throws InterruptedException {
        listen();
        WatchService service = events;
        if (service == null) {
            if (closed.await(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed");
            }
            return;
        }
        WatchKey key = service.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
        for (int round = 0; key != null && round < MOST_ROUNDS; round++) {
            key.pollEvents();
            if (!key.reset()) {
                stopListening(); // the directory is gone; it may come back
                return;
            }
            key = service.poll(debounce.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.reset();
        }
    }

    /** Listens to the directory that has the name now, which need not be the one that had it before. */
    private void listen() {
        try {
            Object now =
                    Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
            if (events != null && Objects.equals(now, watched)) {
                return;
            }
            stopListening();
            WatchService service = FileSystems.getDefault().newWatchService();
            events = service;
            watched = now;
            directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            deaf = false;
        } catch (IOException | RuntimeException e) {
            stopListening();
            if (!deaf) {
                deaf = true;
                faults.accept(e);
            }
        }
    }

    private void stopListening() {
        WatchService service = events;
        events = null;
        watched = null;
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                faults.accept(e);
            }
        }
    }

    /** Waits for a reload that is under way, for at most 5 s. */
    @Override
    public void close() {
        closed.countDown();
        if (Thread.currentThread() == thread) {
            return; // a listener closes what told it
        }
        thread.interrupt();
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
