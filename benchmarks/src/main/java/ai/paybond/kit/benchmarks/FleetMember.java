package ai.paybond.kit.benchmarks;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.CallJournal;
import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * One process of a fleet: makes so many calls to warm up, says READY, makes calls for a while when it is told to, and says how
 * many, and how long they kept its processors busy.
 */
final class FleetMember {

    /** What a line to the parent begins with. */
    static final String PREFIX = "fleet:";

    private static final String ARGUMENTS = "{\"city\":\"Paris\",\"priceCents\":1}";

    private FleetMember() {}

    /** @param arguments the database, the threads to use, the calls to warm up with, the milliseconds to make calls for */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream parent = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int threads = Integer.parseInt(arguments[1]);
        AtomicLong warmUps = new AtomicLong(Long.parseLong(arguments[2]));
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3]));
        try (HikariDataSource pool = Journals.pool(arguments[0], threads);
                CallJournal journal = Journals.journal(pool)) {
            calls(journal, threads, () -> warmUps.getAndDecrement() > 0);
            parent.println(PREFIX + "READY");
            if (System.in.read() >= 0) {
                long busy = busyNanos();
                long end = System.nanoTime() + nanos;
                long calls = calls(journal, threads, () -> System.nanoTime() < end);
                parent.println(PREFIX + calls + " " + (busyNanos() - busy));
            }
        }
    }

    private static long busyNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static ToolGuard newGuard(CallJournal journal) {
        return Guards.guard(Guards.TOOLS, journal, UUID.randomUUID().toString(), Tokens.verifier(Clock.systemUTC()));
    }

    private static long calls(CallJournal journal, int threads, BooleanSupplier goOn) throws InterruptedException {
        LongAdder calls = new LongAdder();
        ExecutorService agents = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            agents.execute(() -> {
                ToolGuard guard = newGuard(journal);
                while (goOn.getAsBoolean()) {
                    call(guard);
                    calls.increment();
                }
            });
        }
        agents.shutdown();
        if (!agents.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("an agent does not come to an end");
        }
        return calls.sum();
    }

    private static void call(ToolGuard guard) {
        ToolOutcome<Booking.Result> outcome = guard.call(
                Guards.TOOL, UUID.randomUUID().toString(), ARGUMENTS, call -> new Booking.Result("booked", 1));
        if (!(outcome instanceof ToolOutcome.Executed)) {
            throw new IllegalStateException(outcome.toString());
        }
    }
}
