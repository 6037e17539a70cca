package ai.paybond.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a long-lived session in order: settling, draining, watching. */
class PaybondUpkeepTest {
    private static final JsonObject RESULT = JsonObject.of(Map.of("status", "completed", "cost_cents", 100));
    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("book")
            .operation("travel.book")
            .spend(SpendRule.fixed(100))
            .evidence(EvidenceMapper.members("status", "cost_cents"))
            .build());

    private final Sandbox sandbox = Sandbox.start();
    private final CallJournal journal = new InMemoryCallJournal();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private PaybondOptions.Builder options(SandboxTenant tenant) {
        return PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .journal(journal)
                .backgroundDelivery(false)
                .closeTimeout(Duration.ZERO);
    }

    private static SandboxRun run(Paybond paybond) {
        return paybond.guardrails()
                .bootstrap(BootstrapRequest.of("travel.book", 1_000)
                        .withCurrency("usd")
                        .withCompletionPreset("cost_and_completion"));
    }

    private static CallKey leftInDoubt(Paybond paybond) {
        SandboxRun run = run(paybond);
        try (ToolGuard guard = paybond.guard(run, TOOLS).build()) {
            guard.call(call(), running -> {
                throw new IOException("connection reset");
            });
        }
        return new CallKey(run.intentId(), "call-1");
    }

    private static ToolCall call() {
        return ToolCall.of("book", "call-1", JsonObject.of(Map.of()));
    }

    @Test
    void provesACallInDoubtThatHappenedAfterItsGuardIsGone() {
        try (Paybond paybond = Paybond.open(options(sandbox.tenant()).build())) {
            CallKey doubtful = leftInDoubt(paybond);

            paybond.settleExecuted(doubtful, RESULT);

            assertThat(sandbox.records().evidence(doubtful.intentId()))
                    .singleElement()
                    .satisfies(
                            evidence -> assertThat(evidence.predicatePassed()).isTrue());
            assertThat(decision(doubtful)).isEqualTo(DecisionStatus.CONSUMED);
        }
    }

    @Test
    void releasesTheSpendOfACallInDoubtThatDidNotHappen() {
        try (Paybond paybond = Paybond.open(options(sandbox.tenant()).build())) {
            CallKey doubtful = leftInDoubt(paybond);

            paybond.settleNotExecuted(doubtful);

            assertThat(decision(doubtful)).isEqualTo(DecisionStatus.RELEASED);
            assertThat(journal.find(doubtful))
                    .hasValueSatisfying(entry -> assertThat(entry.state()).isEqualTo(CallState.FAILED));
        }
    }

    @Test
    void leavesACallOfAnotherTenantInDoubt() {
        try (Paybond paybond = Paybond.open(options(sandbox.tenant()).build());
                Paybond other = Paybond.open(options(sandbox.tenants().get(1)).build())) {
            CallKey doubtful = leftInDoubt(paybond);

            assertThatThrownBy(() -> other.settleNotExecuted(doubtful))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.code()).isEqualTo("call.not_in_doubt"));
            assertThat(journal.find(doubtful))
                    .hasValueSatisfying(entry -> assertThat(entry.state()).isEqualTo(CallState.IN_DOUBT));
        }
    }

    @Test
    void settlesNothingThatIsNotInDoubt() {
        try (Paybond paybond = Paybond.open(options(sandbox.tenant()).build())) {
            assertThatThrownBy(() -> paybond.settleExecuted(new CallKey("no-intent", "no-call"), RESULT))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.code()).isEqualTo("call.not_in_doubt"));
        }
    }

    @Test
    void deliversWhatIsOwedAndStaysOpen() {
        try (Paybond paybond = Paybond.open(options(sandbox.tenant()).build())) {
            SandboxRun run = run(paybond);
            sandbox.faults()
                    .onNext(SandboxRoute.GUARDRAIL_EVIDENCE, Fault.status(503).retryAfterSeconds(0))
                    .times(3);
            try (ToolGuard guard =
                    paybond.guard(run, TOOLS).closeTimeout(Duration.ZERO).build()) {
                guard.call(call(), running -> RESULT);
            }

            assertThat(paybond.drain(Duration.ofSeconds(30)).isComplete()).isTrue();

            assertThat(sandbox.records().evidence(run.intentId())).hasSize(1);
            assertThat(paybond.harbor().ledgerTip()).isNotNull();
        }
    }

    @Test
    void hasItsObserversSurroundTheCallsOfEveryGuard() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        CallObserver observer = call -> {
            seen.add(call.intentId());
            return new CallObserver.CallObservation() {};
        };
        try (Paybond paybond =
                Paybond.open(options(sandbox.tenant()).observer(observer).build())) {
            List<SandboxRun> runs = List.of(run(paybond), run(paybond));
            for (SandboxRun run : runs) {
                try (ToolGuard guard = paybond.guard(run, TOOLS).build()) {
                    guard.call(call(), running -> RESULT);
                }
            }

            assertThat(seen)
                    .containsExactlyElementsOf(
                            runs.stream().map(SandboxRun::intentId).toList());
        }
    }

    @Test
    void deliversInTheBackgroundOnThreadsOfTheHostsMaking() {
        Queue<Thread> made = new ConcurrentLinkedQueue<>();
        PaybondOptions options = options(sandbox.tenant())
                .backgroundDelivery(true)
                .deliveryThreads(task -> {
                    Thread thread = new Thread(task);
                    made.add(thread);
                    return thread;
                })
                .build();

        try (Paybond paybond = Paybond.open(options)) {
            assertThat(made).isNotEmpty().allMatch(Thread::isDaemon).allSatisfy(thread -> assertThat(thread.getName())
                    .startsWith("paybond-"));
        }
        assertThat(made).noneMatch(Thread::isAlive);
    }

    private DecisionStatus decision(CallKey call) {
        return sandbox.records().decisions().stream()
                .filter(decision -> decision.intentId().equals(call.intentId()))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
