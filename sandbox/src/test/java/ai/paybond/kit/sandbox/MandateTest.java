package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.mandate.AgentMandate;
import ai.paybond.kit.wire.receipt.AuthorizationReceipt;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mandates bound to intents, by the agent that they name and within what they allow. */
class MandateTest {
    private static final String MANDATES = "/protocol/v2/mandates";
    private static final String RECOGNITION = "/protocol/v2/recognition/verify";

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final Scenario scenario = Scenario.in(sandbox);
    private final SigningKey principal = scenario.tenant.principalKey();

    @BeforeEach
    void intent() {
        scenario.created();
    }

    @Test
    void bindsAMandateAndSignsThat() {
        Answer answer = post(withProof(body(signed(mandate()))));

        assertThat(answer.status()).isEqualTo(200);
        JsonObject receipt = answer.json().object("authorization_receipt").orElseThrow();
        assertThat(AuthorizationReceipt.verify(receipt, TrustedKeys.of(sandbox.receiptKey()), Clock.systemUTC()))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(sandbox.records().ledger(scenario.tenant.tenantId()))
                .extracting(SandboxRecords.LedgerEntry::kind)
                .contains("protocol_mandate_bound");
    }

    @Test
    void answersTheSameMandateAlikeAndRefusesAnother() {
        JsonObject first = signed(mandate());
        Answer answer = post(withProof(body(first)));

        assertThat(post(withProof(body(first))).json()).isEqualTo(answer.json());
        assertThat(post(withProof(body(signed(mandate().with("nonce", "another")))))
                        .text("error"))
                .isEqualTo("protocol_binding_mismatch");
    }

    @Test
    void refusesAMandateThatDoesNotCoverTheIntent() {
        JsonObject little =
                mandate().with("spend_ceiling", JsonObject.parse("{\"amount_minor\":1,\"currency\":\"usd\"}"));
        JsonObject otherRail = mandate()
                .with(
                        "settlement",
                        JsonObject.parse(
                                "{\"default_rail\":\"x402_usdc_base\",\"allowed_rails\":[\"x402_usdc_base\"]}"));
        JsonObject otherTool = mandate().with("allowed_tools", List.of("shop.buy"));
        JsonObject otherTenant = mandate()
                .with("authorization", JsonObject.parse("{\"kind\":\"tenant\",\"tenant_id\":\"tenant-birch-sbx\"}"));

        for (JsonObject mandate : List.of(little, otherRail, otherTool, otherTenant)) {
            Answer answer = post(withProof(body(signed(mandate))));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("error")).isEqualTo("protocol_binding_mismatch");
        }
    }

    @Test
    void refusesAnImportWithoutAProof() {
        Answer answer = post(body(signed(mandate())));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("error")).isEqualTo("recognition_proof_required");
    }

    @Test
    void refusesAProofThatWasUsedBefore() {
        JsonObject import1 = withProof(body(signed(mandate())));
        post(import1);

        assertThat(post(import1).text("error")).isEqualTo("recognition_nonce_replayed");
    }

    @Test
    void refusesAProofOfAnotherBody() {
        JsonObject body = body(signed(mandate()));
        JsonObject other = withProof(body(signed(mandate().with("nonce", "x"))));

        assertThat(post(body.with("recognition_proof", other.get("recognition_proof")))
                        .text("error"))
                .isEqualTo("protocol_binding_mismatch");
    }

    @Test
    void refusesAMandateOfAnotherAgentKey() {
        JsonObject mandate =
                mandate().with("agent", JsonObject.parse("{\"subject\":\"agent:travel\",\"key_id\":\"other-key\"}"));

        assertThat(post(withProof(body(signed(mandate)))).text("error")).isEqualTo("mandate_agent_key_mismatch");
    }

    @Test
    void refusesAMandateThatWasAltered() {
        JsonObject altered = signed(mandate()).with("nonce", "altered");

        Answer answer = post(withProof(body(altered)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_mandate");
    }

    @Test
    void knowsNoIntentOfAnotherTenant() {
        TestClient birch = TestClient.of(sandbox, sandbox.tenants().get(1));

        assertThat(birch.post(MANDATES, withProof(body(signed(mandate())))).status())
                .isEqualTo(404);
    }

    @Test
    void verifiesMandatesForAnyone() {
        TestClient anyone = TestClient.anonymous(sandbox);

        assertThat(anyone.post(MANDATES + "/verify", signed(mandate())).json().bool("valid"))
                .hasValue(true);
        assertThat(anyone.post(MANDATES + "/verify", "{}").text("error")).isEqualTo("invalid_mandate");
    }

    @Test
    void verifiesRecognitionProofsForAnyone() {
        JsonObject body = body(signed(mandate()));
        JsonObject request = JsonObject.builder()
                .put("proof", withProof(body).get("recognition_proof"))
                .put("expected_purpose", "protocol.mandate.import")
                .put(
                        "expected_verifier",
                        JsonObject.builder()
                                .put("tenant_id", scenario.tenant.tenantId())
                                .put("verifier_id", "paybond-gateway")
                                .build())
                .put(
                        "expected_request",
                        JsonObject.builder()
                                .put("method", "POST")
                                .put("path", MANDATES)
                                .put("body_digest_sha256_hex", sha256(body))
                                .build())
                .build();
        TestClient anyone = TestClient.anonymous(sandbox);

        assertThat(anyone.post(RECOGNITION, request).json().bool("valid")).hasValue(true);
        assertThat(anyone.post(RECOGNITION, request.with("expected_purpose", "harbor.intent.fund"))
                        .text("error"))
                .isEqualTo("protocol_binding_mismatch");
        assertThat(anyone.post(RECOGNITION, "{}").text("error")).isEqualTo("validation_error");
    }

    @Test
    void signsTheSettlementOfAnIntentThatAMandateIsBoundTo() {
        post(withProof(body(signed(mandate()))));
        scenario.submit("{}");
        scenario.confirm();

        JsonObject receipt = scenario.client
                .get("/protocol/v2/receipts/" + scenario.intentId)
                .json();
        assertThat(SettlementReceipt.verify(receipt, TrustedKeys.of(sandbox.receiptKey())))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(TestClient.anonymous(sandbox)
                        .post("/protocol/v2/receipts/verify", receipt)
                        .json()
                        .bool("valid"))
                .hasValue(true);
    }

    @Test
    void describesItselfToOtherAgents() {
        TestClient anyone = TestClient.anonymous(sandbox);
        String contracts = "/protocol/v2/a2a/task-contracts";

        assertThat(anyone.get("/.well-known/agent-card.json").text("name"))
                .isEqualTo("Paybond Protocol Trust Delegation");
        assertThat(anyone.get("/protocol/v2/a2a/agent-card").status()).isEqualTo(200);
        assertThat(anyone.get(contracts).json().array("contracts").orElseThrow().items())
                .hasSize(3);
        assertThat(anyone.get(contracts + "/paybond.settlement.intent.create.v1")
                        .text("kind"))
                .isEqualTo("paybond.a2a.settlement_task_contract_v1");
        assertThat(anyone.get(contracts + "/nothing").text("error")).isEqualTo("not_found");
    }

    private JsonObject mandate() {
        return JsonObject.parse("""
                {"schema_version": 1, "kind": "paybond.agent_mandate_v1",
                 "authorization": {"kind": "tenant", "tenant_id": "%s"},
                 "agent": {"subject": "agent:travel", "key_id": "%s"},
                 "allowed_tools": ["travel.book_hotel", "travel.book_flight"],
                 "spend_ceiling": {"amount_minor": 20000, "currency": "usd"},
                 "settlement": {"default_rail": "stripe_connect", "allowed_rails": ["stripe_connect"]},
                 "constraint": {"kind": "policy", "id": "travel"},
                 "expires_at": "2099-01-01T00:00:00Z", "nonce": "n-1", "human_presence_mode": "human_present"}
                """.formatted(scenario.tenant.tenantId(), scenario.tenant.recognitionKeyId()));
    }

    private JsonObject signed(JsonObject mandate) {
        return AgentMandate.of(mandate).sign(principal);
    }

    private JsonObject body(JsonObject signed) {
        return JsonObject.builder()
                .put("signed_mandate", signed)
                .put("intent_id", scenario.intentId)
                .put("transport_binding", JsonObject.parse("{\"source_protocol\":\"ap2\"}"))
                .build();
    }

    private JsonObject withProof(JsonObject body) {
        Instant now = Instant.now();
        return body.with(
                "recognition_proof",
                MandateProof.sign(
                        scenario.tenant,
                        MANDATES,
                        sha256(body),
                        UUID.randomUUID().toString(),
                        now));
    }

    private static String sha256(JsonObject body) {
        return Digest32.sha256(body.toJson().getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Answer post(JsonObject body) {
        return scenario.client.post(MANDATES, body);
    }
}
