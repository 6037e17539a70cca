package ai.paybond.kit.benchmarks;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.langchain4j.GuardedTools;
import ai.paybond.kit.springai.CapabilityToolCallback;
import ai.paybond.kit.springai.GuardResolver;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
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
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;

/**
 * One tool call through the guard: capability verified, call journaled, evidence signed, journaled and delivered. The
 * token is known, tool and authority answer at once. Beside it the same tool without a guard.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardedCallBenchmark {

    private static final String ARGUMENTS = "{\"city\":\"Paris\",\"priceCents\":1}";

    @Param({"MEMORY", "FILE", "POSTGRESQL"})
    public JournalKind journal = JournalKind.MEMORY;

    private final AtomicLong calls = new AtomicLong();
    private final InvocationContext context =
            InvocationContext.builder().invocationId(UUID.randomUUID()).build();
    private final ToolExecutor bareExecutor = named(ToolService.findTools(new Booking()));
    private final ToolCallback bareCallback = ToolCallbacks.from(new Booking())[0];
    private ToolExecutor guardedExecutor = bareExecutor;
    private ToolCallback guardedCallback = bareCallback;

    @SuppressWarnings("NullAway.Init")
    private Journals journals;

    @SuppressWarnings("NullAway.Init")
    private ToolGuard guard;

    @Setup
    public void open() throws IOException {
        journals = Journals.open(journal);
        guard = Guards.guard(Guards.TOOLS, journals.journal());
        guardedExecutor = named(GuardedTools.of(guard, new Booking()));
        guardedCallback = CapabilityToolCallback.guard(bareCallback, GuardResolver.fixed(guard));
    }

    @TearDown
    public void close() throws IOException {
        journals.close();
    }

    private static ToolExecutor named(List<AiServiceTool> tools) {
        return tools.get(0).toolExecutor();
    }

    private String nextId() {
        return "call-" + calls.incrementAndGet();
    }

    /** What the guard writes to the journal for one call, without a guard. */
    @Benchmark
    public JournalEntry appends() {
        return Appends.call(journals.journal(), nextId());
    }

    /** The guard itself. */
    @Benchmark
    public ToolOutcome<Booking.Result> core() {
        ToolOutcome<Booking.Result> outcome =
                guard.call(Guards.TOOL, nextId(), ARGUMENTS, call -> new Booking.Result("booked", 1));
        if (outcome instanceof ToolOutcome.Executed) {
            return outcome;
        }
        throw new IllegalStateException(outcome.toString());
    }

    @Benchmark
    public ToolExecutionResult langchain4j() {
        return succeeded(guardedExecutor.executeWithContext(request(), context));
    }

    /** LangChain4j alone. */
    @Benchmark
    public ToolExecutionResult langchain4jBare() {
        return succeeded(bareExecutor.executeWithContext(request(), context));
    }

    @Benchmark
    public String springAi() {
        return guardedCallback.call(ARGUMENTS);
    }

    /** Spring AI alone. */
    @Benchmark
    public String springAiBare() {
        return bareCallback.call(ARGUMENTS);
    }

    private ToolExecutionRequest request() {
        return ToolExecutionRequest.builder()
                .id(nextId())
                .name(Guards.TOOL)
                .arguments(ARGUMENTS)
                .build();
    }

    private static ToolExecutionResult succeeded(ToolExecutionResult result) {
        if (result.isError()) {
            throw new IllegalStateException(result.resultText());
        }
        return result;
    }
}
