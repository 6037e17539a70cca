package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.SandboxIntents.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliverySettings;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.Postponement;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The delivery of a session in the background, against a server that asks for patience. Time is the test's. */
class DeliveryOverHttpTest {
    private static final Duration ASKED_FOR = Duration.ofMinutes(10);

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final InMemoryCallJournal journal = new InMemoryCallJournal();
    private Sandbox sandbox;
    private SandboxTenant tenant;
    private Paybond paybond;

    @BeforeEach
    void open() {
        sandbox = Sandbox.builder().clock(clock).start();
        tenant = sandbox.tenant();
        paybond = Paybond.open(SandboxIntents.options(sandbox)
                .clock(clock)
                .journal(journal)
                .delivery(DeliverySettings.DEFAULT
                        .delays(Duration.ofMillis(1), Duration.ofMillis(2))
                        .workers(1, Duration.ofMillis(2)))
                .closeTimeout(Duration.ZERO)
                .build());
    }

    @AfterEach
    void close() {
        paybond.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void waitsAsLongAsHarborAsksAndThenDelivers(int status) throws Exception {
        sandbox.faults()
                .onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(status).retryAfterSeconds((int)
                        ASKED_FOR.toSeconds()));
        String intent = book();
        await(() -> failures(intent) == 1);
        assertThat(Objects.requireNonNull(entry(intent).postponement()).until())
                .isEqualTo(clock.instant().plus(ASKED_FOR));

        clock.pass(ASKED_FOR.minusSeconds(1));
        String meanwhile = book();
        await(() -> entry(meanwhile).state() == CallState.DELIVERED);
        String afterThat = book();
        await(() -> entry(afterThat).state() == CallState.DELIVERED);
        assertThat(failures(intent)).isEqualTo(1);
        assertThat(sandbox.records().evidence(intent)).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        await(() -> entry(intent).state() == CallState.DELIVERED);
        assertThat(sandbox.records().evidence(intent)).hasSize(1);
    }

    /** Makes a call whose evidence is left to the worker, and gives its intent. */
    private String book() {
        CapabilityBinding binding = SandboxIntents.create(paybond, tenant, OPERATION);
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation(OPERATION)
                .spend(SpendRule.fixed(4_200))
                .evidence(EvidenceMapper.members("status"))
                .build());
        ToolGuard guard = paybond.guard(binding, tools).deferDelivery().build();
        assertThat(guard.call(
                        ToolCall.of("bookHotel", "c1", JsonObject.parse("{}")),
                        permitted -> Map.of("status", "booked")))
                .isInstanceOf(Executed.class);
        return binding.intentId();
    }

    private JournalEntry entry(String intentId) {
        return journal.find(new CallKey(intentId, "c1")).orElseThrow();
    }

    private int failures(String intentId) {
        Postponement postponement = entry(intentId).postponement();
        return postponement == null ? 0 : postponement.failures();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for a minute").isBefore(end);
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
        }
    }
}
