package ai.paybond.kit.cli;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.HarborSession;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.harbor.VerifyRequest;
import ai.paybond.kit.harbor.VerifyResult;
import ai.paybond.kit.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Many clients at once on a sandbox of their own, each with its own session and connections. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Lets many clients verify and complete spends at a sandbox in this process, and prints calls and latencies.",
            "Exit status 1 when a single call fails or is denied."
        })
final class SandboxLoadCommand implements Callable<Integer> {
    private static final String OPERATION = "load.spend";
    private static final int CALLS_PER_INTENT = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    /** What one client saw: how long each of its calls took, and what went wrong. */
    private record Seen(List<Long> nanos, List<String> faults) {}

    @Override
    public Integer call() throws Exception {
        if (clients < 1 || clients > 1_000 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "1 to 1000 clients, at least 1 second");
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (Sandbox sandbox = Sandbox.builder().start()) {
            long begun = System.nanoTime();
            long end = begun + Duration.ofSeconds(seconds).toNanos();
            List<Future<Seen>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> client(sandbox, end)));
            }
            List<Seen> seen = new ArrayList<>();
            for (Future<Seen> one : running) {
                seen.add(one.get());
            }
            return report(seen, System.nanoTime() - begun);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Seen client(Sandbox sandbox, long end) {
        Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
        PaybondOptions options = PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .maxAttempts(1)
                .build();
        try (HarborSession session = HarborSession.open(options)) {
            while (System.nanoTime() < end) {
                spendOneIntent(session, end, seen);
            }
        } catch (RuntimeException e) {
            seen.faults().add(e.toString());
        }
        return seen;
    }

    private static void spendOneIntent(HarborSession session, long end, Seen seen) {
        SandboxRun run =
                timed(seen, () -> session.guardrails().bootstrap(BootstrapRequest.of(OPERATION, CALLS_PER_INTENT)));
        VerifyRequest request = VerifyRequest.builder(run.intentId(), run.capabilityToken(), OPERATION)
                .requestedSpendCents(1)
                .build();
        for (int i = 0; i < CALLS_PER_INTENT && System.nanoTime() < end; i++) {
            VerifyResult result = timed(seen, () -> session.harbor().verify(request));
            if (!result.allow()) {
                seen.faults().add("denied: " + result.code());
                return;
            }
            timed(seen, () -> {
                session.harbor().completeDecision(result.decisionId(), SpendOutcome.CONSUMED);
                return true;
            });
        }
    }

    private static <T> T timed(Seen seen, Supplier<T> call) {
        long begun = System.nanoTime();
        T result = call.get();
        seen.nanos().add(System.nanoTime() - begun);
        return result;
    }

    private int report(List<Seen> seen, long elapsed) {
        long[] nanos = seen.stream()
                .flatMapToLong(one -> one.nanos().stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        List<String> faults =
                seen.stream().flatMap(one -> one.faults().stream()).toList();
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d clients, %.1f s: %d calls, %.0f a second, %d errors%n",
                clients,
                elapsed / 1e9,
                nanos.length,
                nanos.length / (elapsed / 1e9),
                faults.size());
        if (nanos.length > 0) {
            out.printf(
                    Locale.ROOT,
                    "p50 %.1f ms, p99 %.1f ms, longest %.1f ms, mean %.1f ms%n",
                    millis(nanos, 0.50),
                    millis(nanos, 0.99),
                    millis(nanos, 1),
                    LongStream.of(nanos).average().orElse(0) / 1e6);
        }
        out.flush();
        faults.stream().distinct().limit(5).forEach(fault -> spec.commandLine()
                .getErr()
                .println("paybond: " + fault));
        return faults.isEmpty() ? 0 : 1;
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }
}
