package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disputes stop an intent until an operator ends it. */
class DisputeTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final Scenario scenario = Scenario.in(sandbox);

    @Test
    void stopsSpendingEvidenceAndSettlement() {
        String token = scenario.created();
        assertThat(dispute().text("state")).isEqualTo("disputed");

        assertThat(scenario.verify(token, OPERATION, 1).text("code")).isEqualTo("intent.not_funded");
        assertThat(scenario.submit("{}").code()).isEqualTo("intent.state.conflict");
        assertThat(scenario.confirm().code()).isEqualTo("intent.state.conflict");
        assertThat(dispute().code()).isEqualTo("intent.state.conflict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"released", "refunded", "resolved_split", "escalated_external"})
    void endsInAnyTerminalState(String resolution) {
        scenario.created();
        scenario.submit("{}");
        dispute();

        assertThat(resolve(resolution).text("state")).isEqualTo(resolution);
        assertThat(scenario.confirm().text("state")).isEqualTo(resolution);
        assertThat(resolve(resolution).code()).isEqualTo("intent.state.conflict");
        assertThat(sandbox.records().ledger(scenario.tenant.tenantId()))
                .filteredOn(row -> row.event().string("intent_id").orElse("").equals(scenario.intentId))
                .extracting(SandboxRecords.LedgerEntry::kind)
                .endsWith("disputed", "settlement_rail_confirmed", resolution);
    }

    @Test
    void refusesAnEndThatIsNone() {
        scenario.created();
        dispute();

        assertThat(resolve("funded").code()).isEqualTo("validation_error");
    }

    @Test
    void letsOnlyAnOperatorEndIt() {
        scenario.created();
        TestClient agent = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(scenario.tenant, "agent"));

        assertThat(agent.post(scenario.path("dispute"), "{\"reason\":\"not delivered\"}")
                        .status())
                .isEqualTo(200);
        assertThat(agent.post(scenario.path("dispute/resolve"), "{\"resolution\":\"refunded\"}")
                        .status())
                .isEqualTo(403);
        assertThat(scenario.client.get("/operator/v1/disputes?limit=200").body())
                .contains("not delivered");
    }

    @Test
    void countsIntentsByState() {
        scenario.created();
        dispute();

        JsonObject states = scenario.client
                .get("/operator/v1/summary")
                .json()
                .object("by_state")
                .orElseThrow();
        assertThat(states.object("disputed").orElseThrow().integer("count").orElseThrow())
                .isPositive();
    }

    private Answer dispute() {
        return scenario.client.post(scenario.path("dispute"), "{}");
    }

    private Answer resolve(String resolution) {
        return scenario.client.post(
                scenario.path("dispute/resolve"),
                JsonObject.builder().put("resolution", resolution).build());
    }
}
