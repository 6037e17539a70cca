package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.SandboxIntents.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.sandbox.SandboxRecords.Verification;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole story through a real session, against a server that enforces every step of it. */
class GuardedCallAgainstSandboxTest {
    private static Sandbox sandbox;
    private static SandboxTenant tenant;

    private final AtomicInteger runs = new AtomicInteger();
    private Paybond paybond;
    private ToolGuard guard;
    private String intentId;

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
        paybond = Paybond.open(SandboxIntents.options(sandbox).build());
        CapabilityBinding intent = SandboxIntents.create(paybond, tenant, OPERATION);
        intentId = intent.intentId();
        guard = paybond.guard(intent, tools()).build();
    }

    @AfterEach
    void closeSession() {
        paybond.close();
        sandbox.faults().clear();
    }

    @Test
    void bookingIsVerifiedRunSignedConsumedAndProved() throws Exception {
        ToolOutcome<Map<String, Object>> outcome = book("c1", 4200);
        assertThat(outcome.orThrow()).containsEntry("status", "booked");
        CallReceipt receipt = ((Executed<?>) outcome).receipt();
        assertThat(receipt.state()).isEqualTo(CallState.DELIVERED);
        assertThat(receipt.predicatePassed()).isTrue();
        assertThat(verifications()).singleElement().satisfies(asked -> {
            assertThat(asked.allow()).isTrue();
            assertThat(asked.operation()).isEqualTo(OPERATION);
            assertThat(asked.spendCents()).isEqualTo(4200);
            assertThat(asked.toolCallId()).contains("c1");
        });
        assertThat(evidence()).singleElement().satisfies(kept -> {
            assertThat(kept.payload()).isEqualTo(JsonObject.parse("{\"status\":\"booked\",\"cost_cents\":4200}"));
            assertThat(kept.payloadDigestHex()).isEqualTo(receipt.payloadDigestHex());
        });
        assertDecisions(DecisionStatus.CONSUMED);
        assertThat(sandbox.records().ledgerVerifies(tenant.tenantId())).isTrue();
    }

    @Test
    void anOverpricedCallIsRefusedHereWithoutANetwork() {
        assertCode(book("c1", 20_001), "budget_exceeded");
        assertThat(verifications()).isEmpty();
        assertThat(runs).hasValue(0);
    }

    @Test
    void aRevokedCapabilityIsRefusedByTheAuthority() {
        sandbox.revokeCapability(guard.binding().token().expose());
        assertThat(book("c1", 4200)).isInstanceOf(Refused.class);
        assertThat(runs).hasValue(0);
        assertDecisions();
    }

    @Test
    void anAuthorityThatFailsIsADenial() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.status(503));
        assertCode(book("c1", 4200), "authority.unreachable");
        assertThat(runs).hasValue(0);
    }

    @Test
    void anAnswerForAnotherTenantIsADenial() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.wrongTenantEcho());
        assertThat(book("c1", 4200)).isInstanceOf(Refused.class);
        assertThat(runs).hasValue(0);
    }

    @Test
    void aLostAnswerReservesOnlyOnceWhenTheCallIsMadeAgain() {
        sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionResetAfterHandling());
        assertThat(book("c1", 4200)).isInstanceOf(Refused.class);
        assertThat(book("c1", 4200).isExecuted()).isTrue();
        assertDecisions(DecisionStatus.CONSUMED);
    }

    @Test
    void evidenceSurvivesAnOutageAfterTheRun() throws Exception {
        sandbox.faults().onNext(SandboxRoute.SPEND_COMPLETE, Fault.status(503));
        sandbox.faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.connectionReset());
        ToolOutcome<Map<String, Object>> outcome = book("c1", 4200);
        assertThat(outcome.orThrow()).containsEntry("status", "booked");
        assertThat(((Executed<?>) outcome).receipt().evidence()).isEqualTo(EvidenceStatus.PENDING);
        assertDecisions(DecisionStatus.RESERVED);
        assertThat(guard.retryPending().settled()).isEqualTo(1);
        assertDecisions(DecisionStatus.CONSUMED);
        assertThat(evidence()).hasSize(1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void evidenceWhoseAcknowledgementIsLostIsKeptOnce() {
        sandbox.faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.connectionResetAfterHandling());
        book("c1", 4200);
        assertThat(guard.retryPending().settled()).isEqualTo(1);
        assertThat(evidence()).hasSize(1);
    }

    @Test
    void closingTheSessionDeliversWhatIsPending() {
        sandbox.faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(503));
        book("c1", 4200);
        assertThat(evidence()).isEmpty();
        paybond.close();
        assertThat(evidence()).hasSize(1);
    }

    @Test
    void aCleanFailureGivesTheMoneyBack() {
        guard.call(call("c1", 4200), permitted -> {
            throw new IllegalStateException("sold out");
        });
        assertDecisions(DecisionStatus.RELEASED);
        assertThat(evidence()).isEmpty();
    }

    @Test
    void aDoubtfulFailureKeepsTheMoneyReservedUntilItIsSettled() {
        ToolOutcome<Object> outcome = guard.call(call("c1", 4200), permitted -> {
            throw new IOException("read timed out");
        });
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.inDoubt())
                .isTrue());
        assertDecisions(DecisionStatus.RESERVED);
        guard.settleExecuted("c1", JsonObject.parse("{\"status\":\"booked\",\"cost_cents\":4200}"));
        assertDecisions(DecisionStatus.CONSUMED);
        assertThat(evidence()).hasSize(1);
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
        return ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation(OPERATION)
                .spend(SpendRule.argument("amount_cents"))
                .evidence(EvidenceMapper.members("status", "cost_cents"))
                .build());
    }

    private List<Evidence> evidence() {
        return sandbox.records().evidence(intentId);
    }

    private List<Verification> verifications() {
        return sandbox.records().verifications().stream()
                .filter(asked -> asked.intentId().equals(intentId))
                .toList();
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
