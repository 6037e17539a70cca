package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spends that several operators have to approve. */
class ApprovalQuorumTest {
    private static final String POLICY = "/v1/admin/spend-controls/policy";

    @RegisterExtension
    final SandboxExtension extension = new SandboxExtension();

    private Sandbox sandbox;
    private TestClient admin;
    private Scenario scenario;
    private JsonObject call;
    private String request;

    @BeforeEach
    void heldForTwo(Sandbox running) {
        sandbox = running;
        admin = operator("tenant.admin");
        assertThat(admin.send("PUT", POLICY, "{\"approval_threshold_cents\":100,\"approval_quorum\":2}")
                        .status())
                .isEqualTo(200);
        scenario = Scenario.in(running);
        call = scenario.verifyBody(scenario.created(), OPERATION, 12_000);
        request = scenario.client.post("/verify", call).text("approval_request_id");
    }

    private TestClient operator(String role) {
        return TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(sandbox.tenant(), role));
    }

    private Answer approve(TestClient operator) {
        return operator.post("/v1/admin/spend-controls/approvals/" + request + "/approve", "{}");
    }

    private String reasons() {
        Answer answer = scenario.client.post("/verify", call);
        assertThat(answer.text("approval_request_id")).isEqualTo(request);
        return answer.json().array("reason_codes").map(JsonArray::toJson).orElse("");
    }

    @Test
    void waitsForTheSecond() {
        assertThat(reasons()).isEqualTo("[\"approval_required_pending\"]");

        Answer first = approve(operator("operator"));
        assertThat(first.text("status")).isEqualTo("pending");
        assertThat(first.json().has("approval_token")).isFalse();
        assertThat(first.json().integer("approvals_given")).hasValue(1L);
        assertThat(first.json().integer("approvals_needed")).hasValue(2L);
        assertThat(reasons()).isEqualTo("[\"approval_required_pending\",\"approval_quorum_incomplete\"]");

        Answer second = approve(operator("operator"));
        assertThat(second.text("status")).isEqualTo("approved");
        assertThat(scenario.client
                        .post("/verify", call.with("approval_token", second.text("approval_token")))
                        .json()
                        .bool("allow"))
                .hasValue(true);
    }

    @Test
    void countsAnOperatorOnce() {
        TestClient one = operator("operator");
        approve(one);

        assertThat(approve(one).text("status")).isEqualTo("pending");
    }

    @Test
    void endsWithOneRejection() {
        approve(operator("operator"));
        operator("operator").post("/v1/admin/spend-controls/approvals/" + request + "/reject", "{}");

        assertThat(scenario.client.post("/verify", call).text("code")).isEqualTo("approval_rejected");
        assertThat(approve(operator("operator")).status()).isEqualTo(409);
    }

    @Test
    void countsNobodyOfAnotherTenant() {
        SandboxTenant birch = sandbox.tenants().get(1);

        assertThat(approve(TestClient.of(sandbox, birch)).status()).isEqualTo(404);
        assertThat(reasons()).doesNotContain("approval_quorum_incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "11"})
    void refusesAQuorumThatIsNone(String quorum) {
        assertThat(admin.send("PUT", POLICY, "{\"approval_quorum\":" + quorum + "}")
                        .code())
                .isEqualTo("validation_error");
    }
}
