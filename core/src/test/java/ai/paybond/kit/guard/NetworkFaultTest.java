package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.SandboxIntents.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fault of the network at each request of a guarded call. Whatever it is: a tool that ran has run once, its result is
 * with the caller, its evidence is at Harbor once, and its spend is not released; a tool that was not allowed has not run.
 */
class NetworkFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_OF_ONE_REQUEST = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private final AtomicInteger runs = new AtomicInteger();
    private final InMemoryCallJournal journal = new InMemoryCallJournal();
    private Sandbox sandbox;
    private SandboxTenant tenant;
    private Paybond paybond;
    private ToolGuard guard;
    private String intentId;

    @BeforeEach
    void open() {
        sandbox = Sandbox.builder().dataDirectory(directory).start();
        tenant = sandbox.tenant();
        paybond = Paybond.open(SandboxIntents.options(sandbox)
                .journal(journal)
                .backgroundDelivery(false)
                .requestTimeout(PATIENCE_OF_ONE_REQUEST)
                .closeTimeout(Duration.ZERO)
                .build());
        CapabilityBinding intent = SandboxIntents.create(paybond, tenant, OPERATION);
        intentId = intent.intentId();
        guard = paybond.guard(intent, tools()).build();
    }

    @AfterEach
    void close() {
        paybond.close();
        sandbox.close();
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("slow", Fault.delay(PATIENCE_OF_ONE_REQUEST.plusMillis(500)));
        faults.put("429", Fault.status(429).retryAfterSeconds(1));
        faults.put("500", Fault.status(500));
        faults.put("503 after handling", Fault.status(503).afterHandling());
        faults.put("expired token", Fault.expireToken());
        faults.put("reset", Fault.connectionReset());
        faults.put("lost reply", Fault.connectionResetAfterHandling());
        faults.put("reset in mid-body", Fault.truncatedBody());
        faults.put("delivered twice", Fault.duplicateDelivery());
        faults.put("clock an hour off", Fault.clockSkew(Duration.ofHours(1)));
        faults.put("not JSON", Fault.nonJson());
        faults.put("too large", Fault.oversizedBody(5L << 20));
        faults.put("wrong tenant", Fault.wrongTenantEcho());
        faults.put("wrong intent", Fault.wrongIntentEcho());
        faults.put("no echo", Fault.missingEcho());
        faults.put("allow as a string", Fault.allowAsString());
        return faults;
    }

    static Stream<Arguments> faultAtEachRequest() {
        return Stream.of(SandboxRoute.VERIFY, SandboxRoute.SPEND_COMPLETE, SandboxRoute.EVIDENCE_SUBMIT)
                .flatMap(route -> faults().keySet().stream().map(fault -> Arguments.of(route, fault)));
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("faultAtEachRequest")
    void aToolThatReturnsRunsOnceAndIsProvedOnce(SandboxRoute route, String fault) {
        sandbox.faults().onNext(route, faults().get(fault));
        ToolOutcome<Map<String, Object>> outcome = book();
        if (route == SandboxRoute.VERIFY && outcome instanceof Refused<?>) {
            assertThat(runs).hasValue(0);
            assertThat(evidence()).isZero();
            outcome = book();
        }
        assertThat(outcome).isInstanceOf(Executed.class);
        assertThat(book()).isInstanceOf(Executed.class);
        assertThat(guard.drain(PATIENCE).isComplete()).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(evidence()).isEqualTo(1);
        assertThat(spends()).containsExactly(DecisionStatus.CONSUMED);
        assertThat(entry().state()).isIn(CallState.DELIVERED, CallState.REJECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultNames")
    void aToolThatDidNothingHasItsSpendReleased(String fault) {
        sandbox.faults().onNext(SandboxRoute.SPEND_COMPLETE, faults().get(fault));
        ToolOutcome<Map<String, Object>> outcome = guard.call(call(), permitted -> {
            runs.incrementAndGet();
            throw new IllegalStateException("sold out");
        });
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.thrown())
                .hasMessage("sold out"));
        assertThat(guard.drain(PATIENCE).isComplete()).isTrue();
        assertThat(spends()).containsExactly(DecisionStatus.RELEASED);
        assertThat(evidence()).isZero();
    }

    static Stream<String> faultNames() {
        return faults().keySet().stream();
    }

    @Test
    void aRefusedConnectionBeforeTheRunIsADenial() {
        int port = stopSandbox();
        assertThat(book()).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo("authority.unreachable"));
        assertThat(runs).hasValue(0);
        startSandbox(port);
        assertThat(book()).isInstanceOf(Executed.class);
        assertThat(spends()).containsExactly(DecisionStatus.CONSUMED);
    }

    @Test
    void aRefusedConnectionAfterTheRunDelaysAndLosesNothing() {
        int[] port = new int[1];
        ToolOutcome<Map<String, Object>> outcome = guard.call(call(), permitted -> {
            port[0] = stopSandbox();
            return booking();
        });
        assertThat(outcome).isInstanceOf(Executed.class);
        assertThat(entry().isPending()).isTrue();
        startSandbox(port[0]);
        assertThat(guard.drain(PATIENCE).isComplete()).isTrue();
        assertThat(entry().state()).isEqualTo(CallState.DELIVERED);
        assertThat(evidence()).isEqualTo(1);
        assertThat(spends()).containsExactly(DecisionStatus.CONSUMED);
    }

    @Test
    void evidenceThatIsSentTwiceIsKeptOnce() {
        book();
        JournalEntry delivered = entry();
        paybond.authority().deliver(Objects.requireNonNull(delivered.envelope()));
        assertThat(evidence()).isEqualTo(1);
    }

    private int stopSandbox() {
        int port = sandbox.baseUrl().getPort();
        sandbox.close();
        return port;
    }

    private void startSandbox(int port) {
        sandbox = Sandbox.builder().dataDirectory(directory).port(port).start();
    }

    private ToolOutcome<Map<String, Object>> book() {
        return guard.call(call(), permitted -> booking());
    }

    private Map<String, Object> booking() {
        runs.incrementAndGet();
        return Map.of("status", "booked");
    }

    private static ToolCall call() {
        return ToolCall.of("bookHotel", "c1", JsonObject.parse("{\"amount_cents\":4200}"));
    }

    private JournalEntry entry() {
        return journal.find(new CallKey(intentId, "c1")).orElseThrow();
    }

    private int evidence() {
        return sandbox.records().evidence(intentId).size();
    }

    private List<DecisionStatus> spends() {
        return sandbox.records().decisions().stream().map(Decision::status).toList();
    }

    private static ToolRegistry tools() {
        return ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation(OPERATION)
                .spend(SpendRule.argument("amount_cents"))
                .evidence(EvidenceMapper.members("status"))
                .build());
    }
}
