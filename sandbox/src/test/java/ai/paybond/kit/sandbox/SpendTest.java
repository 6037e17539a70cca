package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpendTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-05-01T12:00:00Z"));

    @RegisterExtension
    final SandboxExtension extension = SandboxExtension.startedBy(
            () -> Sandbox.builder().clock(clock).approvalThresholdCents(10_000).start());

    @Test
    void holdsASpendUntilItIsCompleted(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        String token = scenario.created();

        Answer first = scenario.verify(token, OPERATION, 700);
        assertThat(first.json().integer("remaining_cents")).hasValue(300L);
        assertThat(scenario.verify(token, OPERATION, 400).text("code")).isEqualTo("budget_exceeded");
        assertThat(status(sandbox, first.text("decision_id"))).isEqualTo(DecisionStatus.RESERVED);
    }

    @Test
    void givesAReleasedSpendBack(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        String token = scenario.created();
        String decision = scenario.verify(token, OPERATION, 700).text("decision_id");

        assertThat(complete(scenario, decision, "released").text("outcome")).isEqualTo("released");
        assertThat(scenario.verify(token, OPERATION, 1_000).json().bool("allow"))
                .hasValue(true);
        assertThat(status(sandbox, decision)).isEqualTo(DecisionStatus.RELEASED);
    }

    @Test
    void neverGivesAConsumedSpendBack(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        String token = scenario.created();
        String decision = scenario.verify(token, OPERATION, 700).text("decision_id");
        complete(scenario, decision, "consumed");
        clock.advance(Duration.ofHours(1));

        assertThat(scenario.verify(token, OPERATION, 400).text("code")).isEqualTo("budget_exceeded");
        assertThat(status(sandbox, decision)).isEqualTo(DecisionStatus.CONSUMED);
    }

    @Test
    void letsAReservationRunOutAfterFifteenMinutes(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        String token = scenario.created();
        scenario.verify(token, OPERATION, 700);
        clock.advance(Duration.ofMinutes(15));

        assertThat(scenario.verify(token, OPERATION, 1_000).json().bool("allow"))
                .hasValue(true);
    }

    @Test
    void countsASpendThatIsConsumedAfterItsReservationRanOut(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        String token = scenario.created();
        String decision = scenario.verify(token, OPERATION, 700).text("decision_id");
        clock.advance(Duration.ofMinutes(20));

        assertThat(complete(scenario, decision, "consumed").status()).isEqualTo(200);
        assertThat(scenario.verify(token, OPERATION, 400).text("code")).isEqualTo("budget_exceeded");
    }

    @Test
    void completesTwiceWithTheSameOutcomeOnly(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        String decision = scenario.verify(scenario.created(), OPERATION, 700).text("decision_id");

        assertThat(complete(scenario, decision, "consumed").status()).isEqualTo(200);
        assertThat(complete(scenario, decision, "consumed").status()).isEqualTo(200);
        Answer other = complete(scenario, decision, "released");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("spend.decision.completed");
    }

    @Test
    void refusesAnOutcomeItDoesNotKnow(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        String decision = scenario.verify(scenario.created(), OPERATION, 700).text("decision_id");

        assertThat(complete(scenario, decision, "maybe").status()).isEqualTo(400);
    }

    @Test
    void knowsNoDecisionThatItDidNotMake(Sandbox sandbox) {
        assertThat(complete(Scenario.in(sandbox), UUID.randomUUID().toString(), "consumed")
                        .status())
                .isEqualTo(404);
        assertThat(complete(Scenario.in(sandbox), "not-a-uuid", "consumed").status())
                .isEqualTo(404);
    }

    @Test
    void holdsNothingForAHarborToken(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        String token = scenario.created();
        String access = scenario.client.post("/v1/auth/harbor-access", "").text("access_token");
        TestClient direct = TestClient.anonymous(sandbox).bearer(access);

        Answer first = direct.post("/verify", scenario.verifyBody(token, OPERATION, 1_000));
        Answer second = direct.post("/verify", scenario.verifyBody(token, OPERATION, 1_000));
        assertThat(first.json().has("decision_id")).isFalse();
        assertThat(second.json().bool("allow")).hasValue(true);
        assertThat(sandbox.records().decisions()).isEmpty();
    }

    @Test
    void preflightWritesNothing(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
        scenario.created();
        JsonObject body = JsonObject.builder()
                .put("intent_id", scenario.intentId)
                .put("requested_spend_cents", 600)
                .build();

        Answer answer = scenario.client.post("/v1/spend/preflight", body);
        assertThat(answer.text("outcome")).isEqualTo("allow");
        assertThat(answer.text("classification")).isEqualTo("allow");
        assertThat(answer.json().integer("remaining_cents")).hasValue(1_000L);
        assertThat(sandbox.records().decisions()).isEmpty();
        assertThat(sandbox.records().verifications()).isEmpty();
    }

    @Test
    void preflightForeseesADenialAndAnApproval(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        JsonObject body =
                JsonObject.builder().put("intent_id", scenario.intentId).build();

        Answer unlisted = scenario.client.post("/v1/spend/preflight", body.with("operation", "travel.cancel"));
        assertThat(unlisted.text("outcome")).isEqualTo("deny");
        assertThat(unlisted.json().array("reason_codes").orElseThrow().strings().orElseThrow())
                .containsExactly("operation_not_allowed");
        assertThat(scenario.client
                        .post("/v1/spend/preflight", body.with("requested_spend_cents", 20_001))
                        .text("outcome"))
                .isEqualTo("deny");
        assertThat(scenario.client
                        .post("/v1/spend/preflight", body.with("requested_spend_cents", 10_001))
                        .text("outcome"))
                .isEqualTo("approval_required");
    }

    @Test
    void holdsASpendAboveTheThresholdUntilAPersonApproves(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        String token = scenario.created();

        Answer held = scenario.verify(token, OPERATION, 12_000);
        assertThat(held.json().bool("allow")).hasValue(false);
        assertThat(held.text("code")).isEqualTo("approval_required");
        assertThat(held.json().array("reason_codes").orElseThrow().strings().orElseThrow())
                .containsExactly("approval_threshold_exceeded");
        Answer again = scenario.verify(token, OPERATION, 12_000);
        assertThat(again.text("approval_request_id")).isEqualTo(held.text("approval_request_id"));

        String approval = sandbox.approve(held.text("approval_request_id"));
        JsonObject resumed = scenario.verifyBody(token, OPERATION, 12_000).with("approval_token", approval);
        assertThat(scenario.client.post("/verify", resumed).json().bool("allow"))
                .hasValue(true);
    }

    @Test
    void bindsAnApprovalToItsAmountAndToOneUse(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(100_000);
        String token = scenario.created();
        String request = scenario.verify(token, OPERATION, 12_000).text("approval_request_id");
        String approval = sandbox.approve(request);
        JsonObject more = scenario.verifyBody(token, OPERATION, 12_001).with("approval_token", approval);
        JsonObject same = scenario.verifyBody(token, OPERATION, 12_000).with("approval_token", approval);

        assertThat(scenario.client.post("/verify", more).text("code")).isEqualTo("approval_required");
        assertThat(scenario.client.post("/verify", same).json().bool("allow")).hasValue(true);
        assertThat(scenario.client.post("/verify", same).text("code")).isEqualTo("approval_required");
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox.approve(request));
    }

    private static Answer complete(Scenario scenario, String decisionId, String outcome) {
        return scenario.client.post(
                "/v1/spend/decisions/" + decisionId + "/complete",
                JsonObject.builder().put("outcome", outcome).build());
    }

    private static DecisionStatus status(Sandbox sandbox, String decisionId) {
        return sandbox.records().decisions().stream()
                .filter(decision -> decision.decisionId().toString().equals(decisionId))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
