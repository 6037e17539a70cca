package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-05-01T12:00:00Z"));
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final Scenario scenario = Scenario.in(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void reportsDigestsAndTheTrace() {
        scenario.created();
        Answer answer = scenario.submit("{\"b\":1,\"a\":2}");

        assertThat(answer.text("payload_digest"))
                .isEqualTo(
                        scenario.evidence("{\"a\":2,\"b\":1}").payloadDigest().hex());
        assertThat(answer.text("artifacts_digest")).hasSize(64);
        JsonObject evaluation = answer.json().object("predicate_evaluation").orElseThrow();
        assertThat(evaluation.bool("passed")).hasValue(true);
        assertThat(evaluation.array("trace").orElseThrow().toJson())
                .isEqualTo("[{\"path\":[\"root\"],\"op\":\"true\",\"passed\":true}]");
        assertThat(answer.text("tenant")).isEqualTo(scenario.tenant.tenantId());
        assertThat(answer.text("intent_id")).isEqualTo(scenario.intentId);
    }

    @Test
    void refusesAnAlteredPayload() {
        scenario.created();
        JsonObject body = scenario.evidenceBody("{\"cost_cents\":1}").with("payload", JsonObject.parse("{}"));

        assertRefused(scenario.client.post(scenario.path("evidence"), body), 400, "evidence.signature.invalid");
    }

    @Test
    void refusesEvidenceSignedForAnotherIntent() {
        Scenario other = Scenario.in(sandbox);
        scenario.created();
        other.created();

        assertRefused(
                scenario.client.post(scenario.path("evidence"), other.evidenceBody("{}")),
                400,
                "evidence.signature.invalid");
    }

    @Test
    void refusesAKeyThatIsNotThePayees() {
        scenario.created();
        JsonObject body = scenario.evidence("{}")
                .sign(scenario.tenant.principalKey(), EvidenceVersion.V2)
                .body();

        assertRefused(scenario.client.post(scenario.path("evidence"), body), 422, "evidence.payee_key_mismatch");
    }

    @Test
    void refusesAnotherPayee() {
        scenario.created();
        JsonObject body = new EvidenceStatement(
                        scenario.tenant.tenantId(),
                        scenario.intentId,
                        "did:web:thief.example",
                        JsonValue.parse("{}"),
                        List.of(),
                        "2026-01-02T15:04:05Z")
                .sign(scenario.tenant.payeeKey(), EvidenceVersion.V2)
                .body();

        assertRefused(scenario.client.post(scenario.path("evidence"), body), 422, "evidence.payee_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "artifacts", "payee_did", "payee_pubkey", "payee_signature", "submitted_at"})
    void refusesAMissingMember(String member) {
        scenario.created();
        JsonObject body = scenario.evidenceBody("{}").without(member);

        assertRefused(scenario.client.post(scenario.path("evidence"), body), 400, "validation_error");
    }

    @Test
    void refusesAPayloadThatBreaksTheSchema() {
        scenario.schema(
                        "{\"type\":\"object\",\"properties\":{\"status\":{\"type\":\"string\"}},\"required\":[\"status\"]}")
                .created();

        Answer answer = scenario.submit("{\"status\":7}");
        assertRefused(answer, 422, "intent.evidence.schema");
        assertThat(answer.body()).contains("\"path\":[\"status\"]");
        assertThat(scenario.submit("{\"status\":\"ok\"}").status()).isEqualTo(200);
    }

    @Test
    void letsThePredicateJudgeTheSchemaWhenItAsks() {
        scenario.schema("{\"required\":[\"status\"]}")
                .root("{\"op\":\"schema_valid\"}")
                .created();

        assertThat(scenario.submit("{}").json().bool("predicate_passed")).hasValue(false);
    }

    @Test
    void callsAMissingValueAnErrorAndNotAFailure() {
        scenario.root("{\"op\":\"eq\",\"path\":[\"status\"],\"value\":\"completed\"}")
                .created();

        Answer answer = scenario.submit("{}");
        assertRefused(answer, 422, "intent.predicate.error");
        assertThat(answer.body()).contains("\"details\":{\"path\":[\"status\"]}");
    }

    @Test
    void takesOneEvidenceOnly() {
        scenario.created();
        assertThat(scenario.submit("{\"n\":1}").status()).isEqualTo(200);

        assertRefused(scenario.submit("{\"n\":2}"), 409, "intent.state.conflict");
        assertThat(scenario.submit("{\"n\":1}").status()).isEqualTo(200);
        assertThat(sandbox.records().evidence(scenario.intentId)).hasSize(1);
    }

    @Test
    void takesNoneBeforeFunding() {
        scenario.rail("x402_usdc_base").created();

        assertRefused(scenario.submit("{}"), 409, "intent.state.conflict");
    }

    @Test
    void takesNoneAfterTheDeadline() {
        scenario.deadline(clock.instant().plusSeconds(60)).created();
        clock.advance(Duration.ofSeconds(60));

        assertRefused(scenario.submit("{}"), 409, "intent.deadline.passed");
    }

    @Test
    void refundsAnIntentThatRanOut() {
        String token = scenario.deadline(clock.instant().plusSeconds(60)).created();
        clock.advance(Duration.ofSeconds(60));

        assertThat(scenario.verify(token, Scenario.OPERATION, 1).text("code")).isEqualTo("capability.expired");
        assertThat(scenario.confirm().text("state")).isEqualTo("refunded");
    }

    @Test
    void settlesNothingBeforeEvidence() {
        scenario.created();

        assertRefused(scenario.confirm(), 409, "intent.state.conflict");
    }

    @Test
    void settlesOnce() {
        scenario.created();
        scenario.submit("{}");
        scenario.confirm();
        int rows = sandbox.records().ledger(scenario.tenant.tenantId()).size();

        assertThat(scenario.confirm().text("state")).isEqualTo("released");
        assertThat(sandbox.records().ledger(scenario.tenant.tenantId())).hasSize(rows);
    }

    @Test
    void letsOnlyOperatorsSettle() {
        scenario.created();
        scenario.submit("{}");
        TestClient agent = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(scenario.tenant, "agent"));

        assertRefused(agent.post(scenario.path("settlement/confirm"), "{}"), 403, "forbidden");
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
