package ai.paybond.kit.benchmarks;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A guarded call over a journal in memory that holds many calls of another intent which are not delivered yet. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BacklogBenchmark {

    private static final String ARGUMENTS = "{\"city\":\"Paris\",\"priceCents\":1}";
    private static final int ROOM = 2_000;

    @Param({"0", "1000", "20000"})
    public int backlog;

    @SuppressWarnings("NullAway.Init")
    private ToolGuard guard;

    @Setup
    public void fill() {
        CallJournal journal = new InMemoryCallJournal(backlog + ROOM);
        ToolGuard behind = Guards.builder(
                        Guards.TOOLS, journal, UUID.randomUUID().toString(), Tokens.verifier(Clock.systemUTC()))
                .deferDelivery()
                .build();
        for (int i = 0; i < backlog; i++) {
            call(behind);
        }
        guard = Guards.guard(Guards.TOOLS, journal);
    }

    @Benchmark
    public ToolOutcome<Booking.Result> call() {
        return call(guard);
    }

    private static ToolOutcome<Booking.Result> call(ToolGuard guard) {
        ToolOutcome<Booking.Result> outcome = guard.call(
                Guards.TOOL, UUID.randomUUID().toString(), ARGUMENTS, call -> new Booking.Result("booked", 1));
        if (outcome instanceof ToolOutcome.Executed) {
            return outcome;
        }
        throw new IllegalStateException(outcome.toString());
    }
}
