package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.inclusion.InclusionProof;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.Continuity;
import ai.paybond.kit.wire.receipt.ReceiptTrust;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts of what agents did: signed, chained, logged, and the tenant's own. */
class ReceiptTest {
    private static final String RECEIPTS = "/protocol/v2/agent-receipts";

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final ReceiptTrust trust = ReceiptTrust.in(TrustedKeys.of(sandbox.receiptKey()));
    private final Scenario scenario = Scenario.in(sandbox);

    @Test
    void signsAReceiptForTheCallBehindTheEvidence() {
        JsonObject receipt = receipt(scenario, "call-1");

        assertThat(AgentReceipt.verify(receipt, trust)).isInstanceOf(Verdict.Valid.class);
        AgentReceipt read = AgentReceipt.of(receipt);
        assertThat(read.isAction()).isTrue();
        assertThat(read.intentId()).isEqualTo(scenario.intentId);
        assertThat(receipt.object("execution").orElseThrow().string("tool_call_id"))
                .hasValue("call-1");
        assertThat(receipt.object("evidence").orElseThrow().bool("predicate_passed"))
                .hasValue(true);
    }

    @Test
    void givesNoReceiptForACallThatNamedNone() {
        scenario.created();

        assertThat(scenario.submit("{}").json().has("agent_receipt")).isFalse();
    }

    @Test
    void findsAReceiptByIdByCallAndByIntent() {
        JsonObject receipt = receipt(scenario, "call-1");
        scenario.confirm();

        assertThat(get("/" + receipt.string("receipt_id").orElseThrow()).json()).isEqualTo(receipt);
        assertThat(get("?intent_id=" + scenario.intentId + "&tool_call_id=call-1")
                        .json())
                .isEqualTo(receipt);
        JsonObject terminal = get("?intent_id=" + scenario.intentId).json();
        assertThat(terminal.string("scope")).hasValue("intent_terminal");
        assertThat(AgentReceipt.verify(terminal, trust)).isInstanceOf(Verdict.Valid.class);
        assertThat(terminal.object("outcome").orElseThrow().string("settlement_outcome"))
                .hasValue("SETTLED");
        assertThat(get("?limit=200").body()).contains(scenario.intentId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "?intent_id=nothing", "/nothing/inclusion-proof"})
    void answersFlatForAReceiptThatIsNotThere(String path) {
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(get(path).text("error")).isEqualTo("not_found");
    }

    @Test
    void showsAnotherTenantNoReceipt() {
        JsonObject receipt = receipt(scenario, "call-1");
        TestClient birch = TestClient.of(sandbox, sandbox.tenants().get(1));
        String id = receipt.string("receipt_id").orElseThrow();

        assertThat(birch.get(RECEIPTS + "/" + id).status()).isEqualTo(404);
        assertThat(birch.get(RECEIPTS + "/" + id + "/inclusion-proof").status()).isEqualTo(404);
        assertThat(birch.get(RECEIPTS + "?intent_id=" + scenario.intentId + "&tool_call_id=call-1")
                        .status())
                .isEqualTo(404);
        assertThat(birch.get(RECEIPTS).body()).doesNotContain(id);
    }

    @Test
    void chainsTheReceiptsOfARun() {
        String run = UUID.randomUUID().toString();
        TestClient client = scenario.client.with("x-paybond-agent-run-id", run);
        JsonObject first = receipt(Scenario.in(sandbox), client, "call-1");
        JsonObject second = receipt(Scenario.in(sandbox), client, "call-2");

        Continuity.requireUnbroken(List.of(first, second));
        assertThat(second.object("continuity").orElseThrow().integer("sequence_number"))
                .hasValue(2L);
    }

    @Test
    void keepsTheAttestationsThatWereSent() {
        String digest = "a".repeat(64);
        TestClient client = scenario.client.with(
                "x-paybond-agent-receipt-attestations",
                "[{\"source\":\"stripe\",\"kind\":\"charge\",\"digest_sha256_hex\":\"" + digest + "\"}]");

        assertThat(receipt(scenario, client, "call-1").toString()).contains(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "[1]"})
    void refusesAttestationsThatAreNone(String header) {
        verified(scenario, "call-1");
        TestClient client = scenario.client.with("x-paybond-agent-receipt-attestations", header);

        assertThat(client.post(scenario.path("evidence"), scenario.evidenceBody("{}"))
                        .code())
                .isEqualTo("validation_error");
    }

    @Test
    void provesThatAReceiptStandsInTheLog() {
        receipt(Scenario.in(sandbox), "call-1");
        JsonObject receipt = receipt(scenario, "call-1");
        receipt(Scenario.in(sandbox), "call-1");

        JsonObject proof = get("/" + receipt.string("receipt_id").orElseThrow() + "/inclusion-proof")
                .json();
        assertThat(InclusionProof.verify(proof, AgentReceipt.of(receipt), TrustedKeys.of(sandbox.receiptKey())))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(scenario.client
                        .get("/protocol/v2/transparency/tree-head")
                        .json()
                        .integer("tree_size"))
                .isEqualTo(proof.integer("tree_size"));
    }

    @Test
    void verifiesReceiptsForAnyone() {
        JsonObject receipt = receipt(scenario, "call-1");
        TestClient anyone = TestClient.anonymous(sandbox);

        Answer good = anyone.post(RECEIPTS + "/verify", receipt);
        assertThat(good.json().bool("valid")).hasValue(true);
        assertThat(good.json().object("receipt")).hasValue(receipt);
        Answer bad = anyone.post(RECEIPTS + "/verify", receipt.with("tenant_id", "tenant-other"));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.text("error")).isEqualTo("invalid_receipt");
        assertThat(anyone.post("/protocol/v2/receipts/verify", "{}").status()).isEqualTo(400);
    }

    private Answer get(String path) {
        return scenario.client.get(RECEIPTS + path);
    }

    private static JsonObject receipt(Scenario scenario, String toolCallId) {
        return receipt(scenario, scenario.client, toolCallId);
    }

    private static JsonObject receipt(Scenario scenario, TestClient client, String toolCallId) {
        verified(scenario, toolCallId);
        Answer answer = client.post(scenario.path("evidence"), scenario.evidenceBody("{}"));
        return answer.json().object("agent_receipt").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static void verified(Scenario scenario, String toolCallId) {
        JsonObject call = scenario.verifyBody(scenario.created(), OPERATION, 100)
                .with("tool_call_id", toolCallId)
                .with("arguments", JsonObject.parse("{\"city\":\"Lisbon\"}"));
        assertThat(scenario.client.post("/verify", call).json().bool("allow")).hasValue(true);
    }
}
