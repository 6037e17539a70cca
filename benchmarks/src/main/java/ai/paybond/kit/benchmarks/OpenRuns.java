package ai.paybond.kit.benchmarks;

import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import java.lang.ref.Reference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a run costs that is open beside many others: memory, and time of a call in one of them. */
final class OpenRuns {

    private static final List<Integer> COUNTS = List.of(1, 1_000, 10_000);
    private static final int CALLS = 2_000;

    /** How many of the open runs make calls; fewer than a verifier remembers tokens. */
    private static final int AT_WORK = 32;

    private static final String ARGUMENTS = "{\"city\":\"Paris\",\"priceCents\":1}";
    private static final double MICRO = 1_000;

    private OpenRuns() {}

    static List<Measurement> measure(Effort effort) {
        boolean blink = effort.equals(Effort.BLINK);
        List<Integer> counts = blink ? List.of(1, 10) : COUNTS;
        int calls = blink ? 10 : CALLS;
        List<Measurement> all = new ArrayList<>();
        measure(counts.get(0), calls); // the first only warms up
        for (int runs : counts) {
            all.add(measure(runs, calls));
        }
        return all;
    }

    private static Measurement measure(int runs, int calls) {
        long before = usedAfterCollection();
        CallJournal journal = new InMemoryCallJournal();
        CapabilityVerifier verifier = Tokens.verifier(Clock.systemUTC());
        List<ToolGuard> open = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            open.add(Guards.guard(Guards.TOOLS, journal, UUID.randomUUID().toString(), verifier));
        }
        long held = usedAfterCollection() - before;
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            nanos[i] = timed(open.get(i % Math.min(runs, AT_WORK)), i);
        }
        Arrays.sort(nanos);
        Reference.reachabilityFence(open);
        return new Measurement(
                "OpenRuns.call",
                Map.of("open_runs", Integer.toString(runs)),
                Map.of(
                        "p50_us", nanos[calls / 2] / MICRO,
                        "p99_us", nanos[calls * 99 / 100] / MICRO,
                        "bytes_per_run", (double) held / runs));
    }

    private static long timed(ToolGuard guard, int number) {
        long begun = System.nanoTime();
        ToolOutcome<Booking.Result> outcome =
                guard.call(Guards.TOOL, "call-" + number, ARGUMENTS, call -> new Booking.Result("booked", 1));
        long took = System.nanoTime() - begun;
        if (outcome instanceof ToolOutcome.Executed) {
            return took;
        }
        throw new IllegalStateException(outcome.toString());
    }

    @SuppressWarnings("SystemGc") // to see what is held, the rest has to go
    private static long usedAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
