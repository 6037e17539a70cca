package ai.paybond.kit.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SandboxIntents;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendStatus;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed after a call ran offline, and before Harbor heard of it. */
class KilledOfflineTest {
    private final Sandbox sandbox = Sandbox.start();
    private final SandboxTenant tenant = sandbox.tenant();
    private String intentId;
    private JsonObject order;

    @TempDir
    Path directory;

    @BeforeEach
    void makeAnIntent() {
        try (Paybond paybond = Paybond.open(SandboxIntents.options(sandbox).build())) {
            CapabilityBinding intent =
                    SandboxIntents.create(paybond, tenant, SandboxIntents.OPERATION, "travel.hold_room");
            intentId = intent.intentId();
            order = order(intent.token().expose());
        }
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void itsSuccessorHasTheCallDecidedAndProvedAndDoesNotRunItAgain() throws Exception {
        try (OtherProcess doomed = OtherProcess.start(OfflineAgent.class, order.toJson())) {
            doomed.awaitLine("true");
            sandbox.faults().onNext(SandboxRoute.VERIFY, Fault.connectionReset());
            doomed.goOn();
            doomed.awaitLine("true");
            doomed.kill();
        }
        assertThat(decisions()).containsExactly(DecisionStatus.CONSUMED);
        assertThat(sandbox.records().evidence(intentId)).isEmpty();

        try (OfflineAgent successor = new OfflineAgent(order)) {
            JournalEntry left = entry(successor);
            assertThat(left.state()).isEqualTo(CallState.EXECUTED);
            assertThat(left.spend()).isEqualTo(SpendStatus.RECONCILE_DUE);

            assertThat(successor.guard().retryPending().isComplete()).isTrue();
            assertThat(entry(successor).state()).isEqualTo(CallState.DELIVERED);
            assertThat(successor.call("bookHotel", "c1")).isInstanceOf(ToolOutcome.Refused.class);
        }
        assertThat(decisions()).containsExactly(DecisionStatus.CONSUMED, DecisionStatus.CONSUMED);
        assertThat(sandbox.records().evidence(intentId)).hasSize(1);
        assertThat(Files.readAllLines(directory.resolve("acts"))).containsExactly("c0", "c1");
    }

    private JournalEntry entry(OfflineAgent agent) {
        return agent.journal().find(new CallKey(intentId, "c1")).orElseThrow();
    }

    private List<DecisionStatus> decisions() {
        return sandbox.records().decisions().stream().map(Decision::status).toList();
    }

    private JsonObject order(String token) {
        return JsonObject.builder()
                .put("gateway", sandbox.baseUrl().toString())
                .put("api_key", tenant.apiKey())
                .put("root_key_id", sandbox.capabilityRootKeyId())
                .put("root_key", sandbox.capabilityRootKey().hex())
                .put("recognition_key_id", tenant.recognitionKeyId())
                .put("recognition_seed", Hex.encode(tenant.recognitionKey().exposeSeed()))
                .put("payee_seed", Hex.encode(tenant.payeeKey().exposeSeed()))
                .put("intent", intentId)
                .put("token", token)
                .put("journal", directory.resolve("journal.db").toString())
                .put("acts", directory.resolve("acts").toString())
                .build();
    }
}
