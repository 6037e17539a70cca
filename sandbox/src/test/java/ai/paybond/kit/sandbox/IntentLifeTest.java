package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntentLifeTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @ParameterizedTest
    @EnumSource(names = {"V2", "V4_FIXED", "V4", "V6"})
    void takesAnIntentOfEveryGenerationFromCreationToRelease(IntentVersion version, Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).version(version);

        Answer created = scenario.create();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("state")).isEqualTo("funded");
        assertThat(created.json().bool("funded")).hasValue(true);
        assertThat(created.text("settlement_rail")).isEqualTo("stripe_connect");
        assertThat(created.text("tenant")).isEqualTo(scenario.tenant.tenantId());

        Answer verified = scenario.verify(created.text("capability_token"), Scenario.OPERATION, 18_700);
        assertThat(verified.json().bool("allow")).as(verified.body()).hasValue(true);
        assertThat(verified.json().integer("remaining_cents")).hasValue(1_300L);

        Answer evidence = scenario.submit("{\"status\":\"completed\"}");
        assertThat(evidence.status()).as(evidence.body()).isEqualTo(200);
        assertThat(evidence.text("state")).isEqualTo("evidence_submitted");
        assertThat(evidence.json().bool("predicate_passed")).hasValue(true);

        Answer settled = scenario.confirm();
        assertThat(settled.text("state")).isEqualTo("released");
        assertThat(settled.text("action")).isEqualTo("release");
        assertThat(sandbox.records().ledgerVerifies(scenario.tenant.tenantId())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(EvidenceVersion.class)
    void acceptsEvidenceOfEveryGeneration(EvidenceVersion version, Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();

        Answer answer = scenario.client.post(scenario.path("evidence"), scenario.evidenceBody("{}", version));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sandbox.records().evidence(scenario.intentId))
                .singleElement()
                .satisfies(evidence ->
                        assertThat(evidence.signingVersion()).isEqualTo(version == EvidenceVersion.V1 ? 1 : 2));
    }

    @Test
    void takesTheWholeWayUnderHarborWithRecognition(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        String intent = "/harbor/intents/" + scenario.intentId;

        Answer created = scenario.recognized(
                RecognitionPurpose.INTENT_CREATE,
                "/harbor/intents",
                scenario.createBody().toJson());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(scenario.recognized(RecognitionPurpose.INTENT_FUND, intent + "/fund", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(scenario.recognized(
                                RecognitionPurpose.EVIDENCE_SUBMIT,
                                intent + "/evidence",
                                scenario.evidenceBody("{}").toJson())
                        .status())
                .isEqualTo(200);
        assertThat(scenario.recognized(RecognitionPurpose.SETTLEMENT_CONFIRM, intent + "/settlement/confirm", "{}")
                        .text("state"))
                .isEqualTo("released");
    }

    @Test
    void bindsThePayeeKeyAtFirstUseForGenerationsThatDoNotSignIt(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).version(IntentVersion.V2);
        scenario.created();
        SandboxTenant other = sandbox.tenants().get(1);
        JsonObject body = scenario.evidence("{}")
                .sign(other.payeeKey(), EvidenceVersion.V1)
                .body();

        assertThat(scenario.client.post(scenario.path("evidence"), body).status())
                .isEqualTo(200);
    }

    @Test
    void refundsWhenThePredicateFails(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).root("{\"op\":\"eq\",\"path\":[\"status\"],\"value\":\"completed\"}");
        scenario.created();

        assertThat(scenario.submit("{\"status\":\"failed\"}").json().bool("predicate_passed"))
                .hasValue(false);
        Answer settled = scenario.confirm();
        assertThat(settled.text("state")).isEqualTo("refunded");
        assertThat(settled.text("action")).isEqualTo("refund");
    }
}
