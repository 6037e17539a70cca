package ai.paybond.kit.benchmarks;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A guarded call over a journal that already holds many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GrownJournalBenchmark {

    private static final String ARGUMENTS = "{\"city\":\"Paris\",\"priceCents\":1}";

    @Param({"FILE", "POSTGRESQL"})
    public JournalKind journal = JournalKind.FILE;

    @Param({"1", "1000", "1000000"})
    public int rows;

    private final AtomicLong calls = new AtomicLong();

    @SuppressWarnings("NullAway.Init")
    private Journals journals;

    @SuppressWarnings("NullAway.Init")
    private ToolGuard guard;

    @Setup
    public void fill() throws IOException, SQLException {
        journals = Journals.open(journal);
        guard = Guards.guard(Guards.TOOLS, journals.journal());
        call();
        journals.fill(rows - 1);
    }

    @TearDown
    public void close() throws IOException {
        journals.close();
    }

    @Benchmark
    public ToolOutcome<Booking.Result> call() {
        ToolOutcome<Booking.Result> outcome = guard.call(
                Guards.TOOL, "call-" + calls.incrementAndGet(), ARGUMENTS, call -> new Booking.Result("booked", 1));
        if (outcome instanceof ToolOutcome.Executed) {
            return outcome;
        }
        throw new IllegalStateException(outcome.toString());
    }
}
