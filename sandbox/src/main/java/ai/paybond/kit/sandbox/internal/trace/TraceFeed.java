package ai.paybond.kit.sandbox.internal.trace;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells those who watch that something was written. Thread-safe. */
public final class TraceFeed {
    private final AtomicLong version = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;

    /** Something was written. */
    public void publish() {
        lock.lock();
        try {
            version.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be written; whoever waits, waits no longer. */
    public void close() {
        closed = true;
        publish();
    }

    public boolean isClosed() {
        return closed;
    }

    public long version() {
        return version.get();
    }

    /** Waits until there is something newer than {@code seen}, at most this long; returns the version by then. */
    public long await(long seen, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (version.get() <= seen && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return version.get();
        } finally {
            lock.unlock();
        }
    }
}
