package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tenant's intents say about those who were paid. */
class SignalTest {
    private static final String OPERATOR = "/signal/v1/operators/" + Scenario.PAYEE + "/";

    @RegisterExtension
    final SandboxExtension extension = new SandboxExtension();

    @Test
    void signsAReceiptOfWhatAnOperatorFulfilled(Sandbox sandbox) {
        settle(sandbox, "true");

        Answer answer = TestClient.of(sandbox).get("/reputation/" + Scenario.PAYEE);
        JsonObject receipt = answer.json().object("receipt").orElseThrow();
        assertThat(receipt.object("metrics").orElseThrow().integer("released")).hasValue(1L);
        assertThat(receipt.integer("score").orElseThrow()).isGreaterThan(500);
        assertSigned(sandbox, receipt);
    }

    @Test
    void knowsNobodyThatTheTenantHasNotPaid(Sandbox sandbox) {
        settle(sandbox, "true");
        TestClient birch = TestClient.of(sandbox, sandbox.tenants().get(1));

        assertThat(birch.get("/reputation/" + Scenario.PAYEE).status()).isEqualTo(404);
        assertThat(birch.get(OPERATOR + "explanation").status()).isEqualTo(404);
        assertThat(birch.get(OPERATOR + "review-status").status()).isEqualTo(404);
        assertThat(birch.post(OPERATOR + "review-events", "{\"event_type\":\"confirmed_risk\",\"summary\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void sumsThePortfolioUpAndSignsIt(Sandbox sandbox) {
        settle(sandbox, "true");
        TestClient client = TestClient.of(sandbox);

        JsonObject summary =
                client.get("/signal/v1/portfolio/summary?score_version=1.0").json();
        assertThat(summary.integer("operator_count")).hasValue(1L);
        assertThat(summary.integer("total_receipted_volume_cents")).hasValue(20_000L);
        assertSigned(sandbox, client.get("/signal/v1/portfolio/signed-export").json());
        assertThat(client.get(OPERATOR + "explanation").text("operator_did")).isEqualTo(Scenario.PAYEE);
    }

    @Test
    void flagsAnOperatorThatKeepsFailing(Sandbox sandbox) {
        TestClient client = TestClient.of(sandbox);
        for (int i = 0; i < 3; i++) {
            settle(sandbox, "false");
        }

        JsonObject assessment = client.get(OPERATOR + "review-status").json();
        assertThat(assessment.string("review_state")).hasValue("open");
        assertThat(assessment.object("fraud_assessment").orElseThrow().string("level"))
                .hasValue("high");
        assertThat(client.get("/signal/v1/review-queue?state=open&fraud_severity=high")
                        .body())
                .contains(Scenario.PAYEE);
        assertThat(client.get("/signal/v1/fraud/metrics?window=7d").json().integer("flagged_operator_count"))
                .hasValue(1L);
    }

    @Test
    void recordsWhatAReviewFound(Sandbox sandbox) {
        settle(sandbox, "false");
        TestClient client = TestClient.of(sandbox);

        Answer event =
                client.post(OPERATOR + "review-events", "{\"event_type\":\"false_positive\",\"summary\":\"looked\"}");
        assertThat(event.status()).isEqualTo(202);
        assertThat(event.text("recorded_event_type")).isEqualTo("review_outcome_recorded");
        assertThat(client.get(OPERATOR + "review-status").text("review_outcome"))
                .isEqualTo("false_positive");
    }

    @Test
    void answersAnAppealThatComesTooSoonWithTheTimeOfTheNext(Sandbox sandbox) {
        settle(sandbox, "false");
        TestClient client = TestClient.of(sandbox);
        String appeal = "{\"event_type\":\"appeal_requested\",\"summary\":\"please\"}";
        client.post(OPERATOR + "review-events", appeal);

        Answer again = client.post(OPERATOR + "review-events", appeal);
        assertThat(again.status()).isEqualTo(429);
        assertThat(again.json().bool("accepted")).hasValue(false);
        assertThat(again.text("next_eligible_at")).isNotEmpty();
        assertThat(again.text("tenant_id")).isEqualTo(sandbox.tenant().tenantId());
    }

    @Test
    void holdsReleasesWhenTheGateIsSet(Sandbox sandbox) {
        TestClient client = TestClient.of(sandbox);
        String gate = "/signal/v1/fraud/release-gate";

        assertThat(client.get(gate).json().object("config").orElseThrow().string("mode"))
                .hasValue("review_only");
        assertThat(client.send("PUT", gate, "{\"mode\":\"critical_hold\"}").status())
                .isEqualTo(202);
        assertThat(client.get(gate).json().object("config").orElseThrow().string("mode"))
                .hasValue("critical_hold");
        assertThat(client.send("PUT", gate, "{\"mode\":\"x\"}").code()).isEqualTo("validation_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fraud/metrics?window=1y", "review-queue?fraud_severity=x", "review-queue?limit=x"})
    void refusesAQueryThatIsNone(String path, Sandbox sandbox) {
        assertThat(TestClient.of(sandbox).get("/signal/v1/" + path).code()).isEqualTo("validation_error");
    }

    private static void settle(Sandbox sandbox, String op) {
        Scenario scenario = Scenario.in(sandbox).root("{\"op\":\"" + op + "\"}");
        scenario.created();
        scenario.submit("{}");
        scenario.confirm();
    }

    private static void assertSigned(Sandbox sandbox, JsonObject signed) {
        JsonObject statement = signed.without("signing_algorithm")
                .without("message_digest_hex")
                .without("signing_public_key_hex")
                .without("signature_hex");
        Digest32 digest = Digest32.sha256(statement.toJson().getBytes(StandardCharsets.UTF_8));
        assertThat(signed.string("message_digest_hex")).hasValue(digest.hex());
        assertThat(sandbox.receiptKey()
                        .verify(
                                digest.bytes(),
                                Hex.decode(signed.string("signature_hex").orElseThrow())))
                .isTrue();
    }
}
