package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuardrailTest {
    private static final String BOOTSTRAP = "/v1/sandbox/guardrails/bootstrap";
    private static final JsonObject TERMS =
            JsonObject.parse("{\"operation\":\"travel.book_hotel\",\"requested_spend_cents\":20000}");

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final TestClient client = TestClient.of(SANDBOX.sandbox());

    @Test
    void goesFromBootstrapToRelease() {
        Answer bootstrap = client.post(BOOTSTRAP, TERMS);
        assertThat(bootstrap.status()).as(bootstrap.body()).isEqualTo(200);
        assertThat(bootstrap.text("sandbox_lifecycle_status")).isEqualTo("funded");
        assertThat(bootstrap.json().integer("requested_spend_cents")).hasValue(20_000L);

        JsonObject verify =
                TERMS.with("intent_id", bootstrap.text("intent_id")).with("token", bootstrap.text("capability_token"));
        assertThat(client.post("/verify", verify).json().bool("allow")).hasValue(true);

        Answer evidence = client.post(
                evidencePath(bootstrap),
                "{\"payload\":{\"confirmation_id\":\"c-1\"},\"operation\":\"travel.book_hotel\"}");
        assertThat(evidence.status()).as(evidence.body()).isEqualTo(200);
        assertThat(evidence.text("sandbox_lifecycle_status")).isEqualTo("released");
        assertThat(evidence.json().bool("predicate_passed")).hasValue(true);
        assertThat(evidence.text("payload_digest")).hasSize(64);
        assertThat(evidence.json().object("simulator_event").orElseThrow().string("type"))
                .hasValue("released");
    }

    @Test
    void refundsWhenThePresetsPredicateFails() {
        Answer bootstrap = client.post(BOOTSTRAP, TERMS.with("completion_preset", "cost_and_completion"));

        Answer evidence =
                client.post(evidencePath(bootstrap), "{\"payload\":{\"status\":\"completed\",\"cost_cents\":20001}}");
        assertThat(evidence.text("sandbox_lifecycle_status")).isEqualTo("refunded");
        assertThat(evidence.json().bool("predicate_passed")).hasValue(false);
    }

    @Test
    void rejectsEvidenceThatLacksAPresetsField() {
        Answer bootstrap = client.post(BOOTSTRAP, TERMS.with("completion_preset", "cost_and_completion"));

        Answer evidence = client.post(evidencePath(bootstrap), "{\"payload\":{\"status\":\"completed\"}}");
        assertThat(evidence.status()).isEqualTo(422);
        assertThat(evidence.code()).isEqualTo("harbor_evidence_failed");
        JsonObject error = evidence.json().object("error").orElseThrow();
        assertThat(error.integer("harbor_status")).hasValue(422L);
        assertThat(error.string("harbor_code")).hasValue("predicate_error");
        assertThat(error.string("message").orElseThrow()).startsWith("sandbox guardrail Harbor evidence rejected: ");
    }

    @Test
    void materialisesATemplateWithItsParameters() {
        Answer bootstrap = client.post(
                BOOTSTRAP,
                TERMS.with("template_id", "webhook_confirmation_v1")
                        .with("parameters", JsonObject.parse("{\"expected_event_type\":\"done\"}")));

        Answer evidence = client.post(evidencePath(bootstrap), "{\"vendor_payload\":{\"event_type\":\"done\"}}");
        assertThat(evidence.json().bool("predicate_passed")).hasValue(true);
    }

    @Test
    void knowsEveryPresetOfTheCatalogue() {
        assertThat(CompletionCatalog.bundled().presets()).hasSize(17).allSatisfy(preset -> assertThat(
                        client.post(BOOTSTRAP, TERMS.with("completion_preset", preset.id()))
                                .status())
                .as(preset.id())
                .isEqualTo(200));
    }

    @Test
    void asksATravelBookingForItsTotal() {
        Answer bootstrap = client.post(BOOTSTRAP, TERMS.with("completion_preset", "x402_travel_booking"));

        Answer evidence = client.post(
                evidencePath(bootstrap),
                "{\"payload\":{\"confirmation_number\":\"c\",\"fare_class\":\"Y\",\"status\":\"completed\",\"total_cents\":20001}}");
        assertThat(evidence.json().bool("predicate_passed")).as(evidence.body()).hasValue(false);
    }

    @Test
    void refusesAPresetBesideASchema() {
        Answer answer = client.post(
                BOOTSTRAP,
                TERMS.with("completion_preset", "sandbox_permissive").with("evidence_schema", JsonObject.parse("{}")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    @Test
    void refusesAPresetItDoesNotKnow() {
        assertThat(client.post(BOOTSTRAP, TERMS.with("completion_preset", "no_such"))
                        .code())
                .isEqualTo("validation_error");
    }

    @Test
    void refusesATenantHeader() {
        Answer answer = client.with("x-tenant-id", SANDBOX.sandbox().tenant().tenantId())
                .post(BOOTSTRAP, TERMS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    @Test
    void refusesALiveKey() {
        TestClient live = TestClient.anonymous(SANDBOX.sandbox())
                .bearer(SANDBOX.sandbox().tenant().liveApiKey());

        Answer answer = live.post(BOOTSTRAP, TERMS);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("sandbox_only");
    }

    @Test
    void replaysEvidenceUnderItsKey() {
        Answer bootstrap = client.post(BOOTSTRAP, TERMS);
        TestClient keyed = client.with("idempotency-key", "evidence:" + bootstrap.text("intent_id") + ":call-1");

        Answer first = keyed.post(evidencePath(bootstrap), "{\"payload\":{}}");
        assertThat(keyed.post(evidencePath(bootstrap), "{\"payload\":{}}").body())
                .isEqualTo(first.body());
    }

    @Test
    void registersRunsAndCountsTheirEvents() {
        assertThat(client.send("PUT", "/v1/agent-runs/r1", "{\"operation\":\"x\"}")
                        .text("run_id"))
                .isEqualTo("r1");
        Answer events = client.post("/v1/agent-runs/r1/trace-events", "{\"events\":[{\"type\":\"a\"},{}]}");
        assertThat(events.json().integer("accepted")).hasValue(2L);
        assertThat(client.post("/v1/agent-runs/never-put/trace-events", "{\"events\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/v1/agent-runs/r1/trace-events", "{}").status()).isEqualTo(400);
    }

    private static String evidencePath(Answer bootstrap) {
        return "/v1/sandbox/guardrails/" + bootstrap.text("intent_id") + "/evidence";
    }
}
