package ai.paybond.kit.benchmarks;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole calls of agents that share one session, over HTTP to a sandbox in the same process. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WholeCallBenchmark {

    private static final long MUCH = 100_000_000;
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"city\":\"Paris\",\"priceCents\":1}");
    private static final ToolRegistry WITHOUT_EVIDENCE =
            ToolRegistry.of(tool().withoutEvidence().build());
    private static final ToolRegistry WITH_EVIDENCE =
            ToolRegistry.of(tool().evidence(EvidenceMapper.members("status")).build());

    private static ToolDeclaration.Builder tool() {
        return ToolDeclaration.builder(Guards.TOOL).operation(Tokens.OPERATION).spend(SpendRule.argument("priceCents"));
    }

    /** A session, its journal in memory, and what it talks to. */
    @State(Scope.Benchmark)
    public static class Shared {
        @SuppressWarnings("NullAway.Init")
        private Sandbox sandbox;

        @SuppressWarnings("NullAway.Init")
        private Paybond session;

        @Setup
        public void open() {
            sandbox = Sandbox.start();
            session = Paybond.open(PaybondOptions.builder(
                            sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                    .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                    .build());
        }

        @TearDown
        public void close() {
            session.close();
            sandbox.close();
        }

        private ToolGuard newGuard(ToolRegistry tools) {
            return session.guard(session.guardrails().bootstrap(BootstrapRequest.of(Tokens.OPERATION, MUCH)), tools)
                    .build();
        }
    }

    /** An agent with a run of its own. */
    @State(Scope.Thread)
    public static class Agent {
        @SuppressWarnings("NullAway.Init")
        private ToolGuard guard;

        /** Anew for each iteration: a run keeps what was spent in it. */
        @Setup(Level.Iteration)
        public void open(Shared shared) {
            guard = shared.newGuard(WITHOUT_EVIDENCE);
        }
    }

    /** Verified, run and settled: two requests on a run that is open. */
    @Benchmark
    public ToolOutcome<Map<String, String>> spend(Agent agent) {
        return executed(
                agent.guard.call(ToolCall.of(Guards.TOOL, null, ARGUMENTS), call -> Map.of("status", "booked")));
    }

    /** A run of its own for one call, evidence included: the sandbox takes one proof for a run. */
    @Benchmark
    public ToolOutcome<Map<String, String>> wholeRun(Shared shared) {
        return executed(shared.newGuard(WITH_EVIDENCE)
                .call(ToolCall.of(Guards.TOOL, null, ARGUMENTS), call -> Map.of("status", "booked")));
    }

    private static <T> ToolOutcome<T> executed(ToolOutcome<T> outcome) {
        if (outcome instanceof ToolOutcome.Executed) {
            return outcome;
        }
        throw new IllegalStateException(outcome.toString());
    }
}
