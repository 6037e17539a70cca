package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person's decision covers, and what it does not. */
class ApprovalTest {
    private static final String ARGUMENTS = "{\"city\":\"Lisbon\",\"nights\":2}";
    private static final String ADMIN = "/v1/admin/spend-controls/approvals";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));

    @RegisterExtension
    final SandboxExtension extension = SandboxExtension.startedBy(
            () -> Sandbox.builder().clock(clock).approvalThresholdCents(10_000).start());

    private Sandbox sandbox;
    private Scenario scenario;
    private JsonObject call;

    @BeforeEach
    void intent(Sandbox running) {
        sandbox = running;
        scenario = Scenario.in(running).amountCents(100_000);
        call = scenario.verifyBody(scenario.created(), OPERATION, 12_000)
                .with("tool_call_id", "call-1")
                .with("arguments", JsonObject.parse(ARGUMENTS));
    }

    @Test
    void allowsExactlyTheApprovedCallOnce() {
        String approval = sandbox.approve(held(call));

        assertThat(verify(call.with("approval_token", approval)).json().bool("allow"))
                .hasValue(true);
        assertThat(verify(call.with("approval_token", approval)).text("code")).isEqualTo("approval_required");
    }

    @ParameterizedTest
    @CsvSource({"operation,travel.book_flight", "tool_call_id,call-2"})
    void asksAgainWhenTheCallIsAnother(String member, String value) {
        String request = held(call);
        String approval = sandbox.approve(request);

        Answer answer = verify(call.with(member, value).with("approval_token", approval));
        assertThat(answer.text("code")).isEqualTo("approval_required");
        assertThat(answer.text("approval_request_id")).isNotEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":\"Lisbon\",\"nights\":3}", "{\"city\":\"Lisbon\"}", "{}"})
    void asksAgainWhenTheArgumentsWereEdited(String edited) {
        String request = held(call);
        String approval = sandbox.approve(request);

        Answer answer = verify(call.with("arguments", JsonObject.parse(edited)).with("approval_token", approval));
        assertThat(answer.text("code")).isEqualTo("approval_required");
        assertThat(answer.text("approval_request_id")).isNotEqualTo(request);
    }

    @Test
    void asksAgainWhenTheArgumentsAreLeftOut() {
        String approval = sandbox.approve(held(call));

        assertThat(verify(call.without("arguments").with("approval_token", approval))
                        .text("code"))
                .isEqualTo("approval_required");
    }

    @Test
    void takesTheHashForTheArguments() {
        String hash = Digest32.ofCanonical(JsonObject.parse(ARGUMENTS)).hex();
        String approval = sandbox.approve(held(call));
        JsonObject hashed = call.without("arguments").with("arguments_hash_hex", hash);

        assertThat(verify(hashed.with("approval_token", approval)).json().bool("allow"))
                .hasValue(true);
    }

    @Test
    void refusesAHashThatIsNotOfTheArguments() {
        String hash = Digest32.ofCanonical(JsonObject.parse("{}")).hex();

        assertThat(verify(call.with("arguments_hash_hex", hash)).code()).isEqualTo("validation_error");
        assertThat(verify(call.with("arguments_hash_hex", "12")).code()).isEqualTo("validation_error");
    }

    @Test
    void ignoresATokenThatNobodyIssued() {
        sandbox.approve(held(call));

        assertThat(verify(call.with("approval_token", "apr_" + UUID.randomUUID()))
                        .text("code"))
                .isEqualTo("approval_required");
    }

    @Test
    void deniesWhatAPersonRejected() {
        String request = held(call);
        assertThat(admin(request, "reject").text("status")).isEqualTo("rejected");

        assertThat(verify(call).text("code")).isEqualTo("approval_rejected");
        assertThat(admin(request, "approve").code()).isEqualTo("spend.approval.decided");
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox.reject(request));
    }

    @Test
    void forgetsAnApprovalThatWasNotUsedInADay() {
        String request = held(call);
        String approval = sandbox.approve(request);
        clock.advance(Duration.ofHours(24));

        Answer late = verify(call.with("approval_token", approval));
        assertThat(late.text("code")).isEqualTo("approval_required");
        assertThat(late.text("approval_request_id")).isNotEqualTo(request);
        assertThat(poll(request).text("status")).isEqualTo("expired");
    }

    @Test
    void takesAnUnusedApprovalBack() {
        String request = held(call);
        String approval = sandbox.approve(request);
        assertThat(admin(request, "expire").text("status")).isEqualTo("expired");

        assertThat(verify(call.with("approval_token", approval)).text("code")).isEqualTo("approval_required");
        assertThat(admin(request, "expire").status()).isEqualTo(409);
    }

    @Test
    void tellsTheAgentThatPollsWhatWasDecided() {
        String request = held(call);
        assertThat(poll(request).text("status")).isEqualTo("pending");
        assertThat(poll(request).json().has("approval_token")).isFalse();

        String approval = admin(request, "approve").text("approval_token");
        assertThat(poll(request).text("approval_token")).isEqualTo(approval);
        verify(call.with("approval_token", approval));
        assertThat(poll(request).text("status")).isEqualTo("used");
        assertThat(poll(request).json().has("approval_token")).isFalse();
    }

    @Test
    void letsOnlyAnOperatorDecide() {
        String request = held(call);
        TestClient agent = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(scenario.tenant, "agent"));

        assertThat(agent.post(ADMIN + "/" + request + "/approve", "{}").status())
                .isEqualTo(403);
        assertThat(agent.get(ADMIN).status()).isEqualTo(403);
        assertThat(agent.get("/v1/spend/approvals/" + request).status()).isEqualTo(200);
    }

    @Test
    void showsAnotherTenantNothing() {
        String request = held(call);
        TestClient birch = TestClient.of(sandbox, sandbox.tenants().get(1));

        assertThat(birch.get("/v1/spend/approvals/" + request).status()).isEqualTo(404);
        assertThat(birch.post(ADMIN + "/" + request + "/approve", "{}").status())
                .isEqualTo(404);
        assertThat(birch.get(ADMIN).body()).doesNotContain(request);
    }

    @Test
    void listsWhatWaitsInPages() {
        held(call);
        held(call.with("tool_call_id", "call-2"));

        JsonObject second = scenario.client.get(ADMIN + "?limit=1&offset=1").json();
        assertThat(second.array("items").orElseThrow().items()).singleElement().satisfies(item -> assertThat(
                        ((JsonObject) item).string("tool_call_id"))
                .hasValue("call-2"));
        assertThat(scenario.client.get(ADMIN + "?offset=-1").status()).isEqualTo(400);
    }

    private String held(JsonObject body) {
        Answer answer = verify(body);
        assertThat(answer.text("code")).isEqualTo("approval_required");
        return answer.text("approval_request_id");
    }

    private Answer verify(JsonObject body) {
        return scenario.client.post("/verify", body);
    }

    private Answer poll(String request) {
        return scenario.client.get("/v1/spend/approvals/" + request);
    }

    private Answer admin(String request, String action) {
        return scenario.client.post(ADMIN + "/" + request + "/" + action, "{}");
    }
}
