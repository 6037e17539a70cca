package ai.paybond.kit.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.internal.jdbc.Database.Work;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A commit that several threads share answers each of them as its own would. */
class WriteQueueTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<String> committed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> open = new ArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicBoolean commitsFail = new AtomicBoolean();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final WriteQueue queue = new WriteQueue(this::transaction, PATIENCE);

    private void transaction(Work<?> work) throws SQLException {
        open.clear();
        work.with(nothing());
        if (commitsFail.get()) {
            throw new SQLException("disk full");
        }
        committed.addAll(open);
        commits.incrementAndGet();
    }

    private static Connection nothing() {
        return (Connection) Proxy.newProxyInstance(
                WriteQueueTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException();
                });
    }

    private Work<String> append(String what) {
        return connection -> {
            open.add(what);
            return "did " + what;
        };
    }

    @Test
    void commitsOnceForAllWhoWait() throws Exception {
        List<FutureTask<String>> waiting = behindABusyOne(append("a"), append("b"), append("c"));
        firstMayEnd.countDown();

        assertThat(answers(waiting)).containsExactlyInAnyOrder("did a", "did b", "did c");
        assertThat(committed).containsExactlyInAnyOrder("first", "a", "b", "c");
        assertThat(commits).hasValue(2);
    }

    @Test
    void answersNobodyBeforeTheCommit() throws Exception {
        List<FutureTask<String>> waiting = behindABusyOne(append("a"), append("b"));
        assertThat(waiting).noneMatch(FutureTask::isDone);
        assertThat(committed).isEmpty();
        firstMayEnd.countDown();
        for (FutureTask<String> answer : waiting) {
            String did = answer.get(1, TimeUnit.MINUTES);
            assertThat(committed).contains(did.substring("did ".length()));
        }
    }

    @Test
    void doesEveryonesWorkAloneWhenOneFails() throws Exception {
        List<FutureTask<String>> waiting = behindABusyOne(
                append("a"),
                connection -> {
                    open.add("never");
                    throw new IllegalStateException("over budget");
                },
                append("c"));
        firstMayEnd.countDown();

        assertThat(waiting.get(0).get()).isEqualTo("did a");
        assertThatThrownBy(waiting.get(1)::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("over budget");
        assertThat(waiting.get(2).get()).isEqualTo("did c");
        assertThat(committed).containsExactlyInAnyOrder("first", "a", "c");
    }

    @Test
    void tellsEveryoneWhenNothingCanBeCommitted() throws Exception {
        List<FutureTask<String>> waiting = behindABusyOne(append("a"), append("b"));
        commitsFail.set(true);
        firstMayEnd.countDown();

        for (FutureTask<String> answer : waiting) {
            assertThatThrownBy(answer::get).hasRootCauseMessage("disk full");
        }
        assertThat(committed).isEmpty();
        commitsFail.set(false);
        assertThat(queue.write(append("later"))).isEqualTo("did later");
    }

    @Test
    void tellsEveryoneOfAnErrorAndGoesOn() throws Exception {
        List<FutureTask<String>> waiting = behindABusyOne(append("a"), connection -> {
            throw new StackOverflowError();
        });
        firstMayEnd.countDown();

        for (FutureTask<String> answer : waiting) {
            assertThatThrownBy(answer::get).hasRootCauseInstanceOf(StackOverflowError.class);
        }
        assertThat(queue.write(append("later"))).isEqualTo("did later");
        assertThat(committed).containsExactly("first", "later");
    }

    @Test
    void givesUpWaitingForItsTurnWithoutHavingWritten() throws Exception {
        WriteQueue impatient = new WriteQueue(this::transaction, Duration.ofMillis(20));
        FutureTask<String> first = start(impatient, this::untilItMayEnd);
        await(first);

        assertThatThrownBy(() -> impatient.write(append("late")))
                .isInstanceOfSatisfying(SQLException.class, busy -> assertThat(busy.getErrorCode())
                        .isEqualTo(5));
        firstMayEnd.countDown();
        assertThat(first.get()).isEqualTo("did first");
        assertThat(committed).containsExactly("first");
    }

    /** Starts one after the other behind a first one that is at its work until it may end. */
    @SafeVarargs
    private List<FutureTask<String>> behindABusyOne(Work<String>... works) throws Exception {
        await(start(queue, this::untilItMayEnd));
        List<FutureTask<String>> waiting = new ArrayList<>();
        for (Work<String> work : works) {
            FutureTask<String> task = start(queue, work);
            await(task);
            waiting.add(task);
        }
        return waiting;
    }

    private String untilItMayEnd(Connection connection) throws SQLException {
        try {
            assertThat(firstMayEnd.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
        return append("first").with(connection);
    }

    private final List<Thread> threads = new ArrayList<>();

    private FutureTask<String> start(WriteQueue target, Work<String> work) {
        FutureTask<String> task = new FutureTask<>(() -> target.write(work));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return task;
    }

    /** Until the task's thread, which is the one started last, waits for somebody. */
    private void await(FutureTask<String> task) {
        Thread thread = threads.get(threads.size() - 1);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(task).isNotDone();
            Thread.onSpinWait();
        }
    }

    private static List<String> answers(List<FutureTask<String>> tasks) throws Exception {
        List<String> answers = new ArrayList<>();
        for (FutureTask<String> task : tasks) {
            answers.add(task.get(1, TimeUnit.MINUTES));
        }
        return answers;
    }
}
