package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.internal.jdbc.Database.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Lets threads that write at the same moment share one transaction, and so one flush of the disk. One of them, the first to
 * find nobody at it, does the work of all that wait; nobody is answered before what was done for it is committed. If anything
 * fails, all is rolled back and each piece of work is done again in a transaction of its own, so that nobody pays for another's
 * fault.
 */
final class WriteQueue {
    private static final int BUSY = 5;

    private final Transactions transactions;
    private final Duration patience;
    private final Queue<Request<?>> waiting = new ArrayDeque<>();
    private boolean someoneWrites;

    /** Does one piece of work in a transaction; it is on disk when this returns. */
    @FunctionalInterface
    interface Transactions {
        void run(Work<?> work) throws SQLException;
    }

    /** @param patience how long to wait at most for others to begin with one's work */
    WriteQueue(Transactions transactions, Duration patience) {
        this.transactions = transactions;
        this.patience = patience;
    }

    <T> T write(Work<T> work) throws SQLException {
        Request<T> mine = new Request<>(work);
        List<Request<?>> batch = queue(mine);
        if (!batch.isEmpty()) {
            serve(batch);
        }
        return mine.answer.get();
    }

    /** @return what the caller is to do for all; empty when its own work was done */
    private synchronized List<Request<?>> queue(Request<?> mine) throws SQLException {
        waiting.add(mine);
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (someoneWrites && !mine.done) {
            interrupted |= isInterruptedWaiting(end - System.nanoTime());
            // whoever has taken the work on will say what came of it, however long that takes
            if (!mine.done && System.nanoTime() >= end && waiting.remove(mine)) {
                restore(interrupted);
                throw new SQLException("no turn within " + patience, null, BUSY);
            }
        }
        restore(interrupted);
        return mine.done ? List.of() : takeAll();
    }

    /** An interrupt neither shortens the wait nor is lost: it must not deny a call that could be journaled. */
    private boolean isInterruptedWaiting(long nanos) {
        try {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Request<?>> takeAll() {
        someoneWrites = true;
        List<Request<?>> batch = List.copyOf(waiting);
        waiting.clear();
        return batch;
    }

    private void serve(List<Request<?>> batch) {
        try {
            if (batch.size() == 1 || !isDoneTogether(batch)) {
                batch.forEach(this::doAlone);
            }
        } finally {
            hand(batch);
        }
    }

    private boolean isDoneTogether(List<Request<?>> batch) {
        try {
            transactions.run(connection -> {
                for (Request<?> request : batch) {
                    request.doIn(connection);
                }
                return true;
            });
            return true;
        } catch (SQLException | RuntimeException e) {
            return false; // each finds out for itself
        } catch (Error e) {
            batch.forEach(request -> request.fail(e));
            return true;
        }
    }

    private void doAlone(Request<?> request) {
        try {
            transactions.run(request::doIn);
        } catch (SQLException e) {
            request.fail(e);
        } catch (RuntimeException e) {
            request.fail(e);
        } catch (Error e) {
            request.fail(e);
        }
    }

    private synchronized void hand(List<Request<?>> batch) {
        batch.forEach(request -> request.done = true);
        someoneWrites = false;
        notifyAll();
    }

    /** Written by whoever does the work, read by whoever asked for it, with the queue's monitor between the two. */
    private static final class Request<T> {
        private final Work<T> work;
        private Answer<T> answer = () -> {
            throw new IllegalStateException("nobody has done this yet");
        };
        private boolean done;

        Request(Work<T> work) {
            this.work = work;
        }

        boolean doIn(Connection connection) throws SQLException {
            T result = work.with(connection);
            answer = () -> result;
            return true;
        }

        void fail(SQLException fault) {
            answer = () -> {
                throw fault;
            };
        }

        void fail(RuntimeException fault) {
            answer = () -> {
                throw fault;
            };
        }

        void fail(Error fault) {
            answer = () -> {
                throw fault;
            };
        }
    }

    /** A result, or a fault that is thrown to whoever asked. */
    @FunctionalInterface
    private interface Answer<T> {
        T get() throws SQLException;
    }
}
