package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.SandboxIntents.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.SpendStatus;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Harbor that cannot be reached for a while, and a process that does not survive it. */
class OfflineAgainstSandboxTest {
    private static Sandbox sandbox;
    private static SandboxTenant tenant;

    private final AtomicInteger runs = new AtomicInteger();
    private Paybond paybond;
    private ToolGuard guard;
    private String intentId;
    private CapabilityBinding binding;
    private CallJournal journal;

    @TempDir
    Path directory;

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.start();
        tenant = sandbox.tenant();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void openSession() {
        journal = CallJournals.file(directory.resolve("journal.db"));
        open();
        binding = SandboxIntents.create(paybond, tenant, OPERATION, "travel.hold_room");
        intentId = binding.intentId();
        guard = offlineGuard();
        assertThat(guard.call(ToolCall.of("holdRoom", "c0", JsonObject.parse("{}")), permitted -> "held")
                        .isExecuted())
                .isTrue();
    }

    private void open() {
        paybond = Paybond.open(SandboxIntents.options(sandbox)
                .closeTimeout(Duration.ofMillis(1))
                .journal(journal)
                .backgroundDelivery(false)
                .build());
    }

    private ToolGuard offlineGuard() {
        return paybond.guard(binding, tools())
                .offline(new OfflineAllowance(10_000, 5_000, 5, Duration.ofHours(1)))
                .build();
    }

    @AfterEach
    void closeSession() {
        paybond.close();
        journal.close();
        sandbox.faults().clear();
    }

    @Test
    void aCallRunsWhileHarborIsOutOfReachAndIsAccountedForOnReturn() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());

        assertThat(book("c1", 4_200).isExecuted()).isTrue();
        assertDecisions(DecisionStatus.CONSUMED);
        assertThat(evidence()).isEmpty();

        assertThat(guard.retryPending().settled()).isEqualTo(1);
        assertDecisions(DecisionStatus.CONSUMED, DecisionStatus.CONSUMED);
        assertThat(evidence()).hasSize(1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aLostAnswerIsTheOneThatIsGivenOnReturn() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionResetAfterHandling());

        assertThat(book("c1", 4_200).isExecuted()).isTrue();
        assertDecisions(DecisionStatus.CONSUMED, DecisionStatus.RESERVED);

        guard.retryPending();
        assertDecisions(DecisionStatus.CONSUMED, DecisionStatus.CONSUMED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void anotherProcessReconcilesWhatRanOffline() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());
        book("c1", 4_200);
        restart();

        assertThat(guard.retryPending().settled()).isEqualTo(1);
        assertDecisions(DecisionStatus.CONSUMED, DecisionStatus.CONSUMED);
        assertThat(evidence()).hasSize(1);
        assertCode(book("c1", 4_200), "call.already_ran");
        assertThat(runs).hasValue(1);
    }

    @Test
    void aProcessThatStartsWhileHarborIsAwayRunsOnTheSameAllowance() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());
        assertThat(book("c1", 5_000).isExecuted()).isTrue();
        restart();
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());
        assertThat(book("c2", 5_000).isExecuted()).isTrue();
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());

        assertCode(book("c3", 1), "offline.allowance_exhausted");
    }

    @Test
    void aCapabilityThatWasRevokedMeanwhileIsParkedOnReturnWithItsProof() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());
        book("c1", 4_200);
        sandbox.revokeCapability(binding.token().expose());

        guard.retryPending();

        assertThat(journal.find(new CallKey(intentId, "c1"))).hasValueSatisfying(entry -> {
            assertThat(entry.reasonCode()).isEqualTo("offline.refused_on_return");
            assertThat(entry.spend()).isEqualTo(SpendStatus.REJECTED);
        });
        assertThat(evidence()).hasSize(1);
    }

    @Test
    void anAnswerOfTheServerIsNotSilence() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.status(503));
        assertCode(book("c1", 100), "authority.unreachable");
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.wrongTenantEcho());
        assertThat(book("c2", 100)).isInstanceOf(Refused.class);
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.nonJson());
        assertCode(book("c3", 100), "authority.protocol_error");
        assertThat(runs).hasValue(0);
    }

    /** As after a crash: nothing is left of the process but the journal's file. */
    private void restart() {
        journal.close();
        paybond.close();
        journal = CallJournals.file(directory.resolve("journal.db"));
        open();
        guard = offlineGuard();
    }

    private ToolOutcome<Map<String, Object>> book(String callId, long cents) {
        return guard.call(call(callId, cents), permitted -> {
            runs.incrementAndGet();
            return Map.of("status", "booked", "cost_cents", cents, "card", "4111111111111111");
        });
    }

    private static ToolCall call(String callId, long cents) {
        JsonObject arguments = JsonObject.builder()
                .put("city", "Paris")
                .put("amount_cents", cents)
                .build();
        return ToolCall.of("bookHotel", callId, arguments);
    }

    private static ToolRegistry tools() {
        return ToolRegistry.of(
                ToolDeclaration.builder("bookHotel")
                        .operation(OPERATION)
                        .spend(SpendRule.argument("amount_cents"))
                        .evidence(EvidenceMapper.members("status", "cost_cents"))
                        .build(),
                ToolDeclaration.builder("holdRoom")
                        .operation("travel.hold_room")
                        .spend(SpendRule.fixed(100))
                        .withoutEvidence()
                        .build());
    }

    private List<Evidence> evidence() {
        return sandbox.records().evidence(intentId);
    }

    private void assertDecisions(DecisionStatus... statuses) {
        assertThat(sandbox.records().decisions())
                .filteredOn(decision -> decision.intentId().equals(intentId))
                .extracting(decision -> decision.status())
                .containsExactly(statuses);
    }

    private static void assertCode(ToolOutcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo(code));
    }
}
