package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant's spend policy stops, holds or only notices. */
class SpendPolicyTest {
    private static final String ADMIN = "/v1/admin/spend-controls/";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));

    @RegisterExtension
    final SandboxExtension extension =
            SandboxExtension.startedBy(() -> Sandbox.builder().clock(clock).start());

    private Sandbox sandbox;
    private Scenario scenario;
    private String token;
    private TestClient admin;

    @BeforeEach
    void intent(Sandbox running) {
        sandbox = running;
        scenario = Scenario.in(running).amountCents(1_000_000);
        token = scenario.created();
        admin = TestClient.anonymous(running).bearer(running.issueApiKey(scenario.tenant, "tenant.admin"));
    }

    @Test
    void limitsNothingUntilATenantSaysSo() {
        JsonObject policy = scenario.client.get(ADMIN + "policy").json();
        assertThat(policy.bool("configured")).hasValue(false);
        assertThat(policy.string("mode")).hasValue("enforce");
        assertThat(policy.integer("policy_version")).hasValue(1L);
        assertThat(scenario.verify(token, OPERATION, 999_999).json().bool("allow"))
                .hasValue(true);
    }

    @Test
    void countsTheVersionsOfAPolicy() {
        policy("{\"max_spend_cents\":500}");
        policy("{\"max_spend_cents\":600}");

        assertThat(scenario.verify(token, OPERATION, 1).json().integer("policy_version"))
                .hasValue(3L);
    }

    @Test
    void deniesASpendAboveTheLimitOfOneCall() {
        policy("{\"max_spend_cents\":500}");

        assertDenied(scenario.verify(token, OPERATION, 501), "max_spend_exceeded");
        assertThat(scenario.verify(token, OPERATION, 500).json().bool("allow")).hasValue(true);
    }

    @Test
    void deniesWhatWouldExceedTheCapOfADayAndAllowsItTheNextDay() {
        policy("{\"daily_cap_cents\":1000}");
        consume(scenario.verify(token, OPERATION, 700));

        assertDenied(scenario.verify(token, OPERATION, 301), "daily_cap_exceeded");
        clock.advance(Duration.ofHours(25));
        assertThat(scenario.verify(token, OPERATION, 301).json().bool("allow")).hasValue(true);
    }

    @Test
    void givesAReleasedSpendBackToTheCap() {
        policy("{\"daily_cap_cents\":1000}");
        complete(scenario.verify(token, OPERATION, 1000), "released");

        assertThat(scenario.verify(token, OPERATION, 1000).json().bool("allow")).hasValue(true);
    }

    @Test
    void holdsASpendAtAVendorThatIsNew() {
        policy("{\"anomalies\":{\"new_vendor\":true}}");
        JsonObject call = scenario.verifyBody(token, OPERATION, 100).with("vendor_id", "hotel_api");

        Answer held = scenario.client.post("/verify", call);
        assertHeld(held, "anomaly_new_vendor");
        String approval = sandbox.approve(held.text("approval_request_id"));
        assertThat(scenario.client
                        .post("/verify", call.with("approval_token", approval))
                        .json()
                        .bool("allow"))
                .hasValue(true);
        assertThat(scenario.client.post("/verify", call).json().bool("allow")).hasValue(true);
    }

    @Test
    void holdsASpendThatIsMuchLargerThanTheUsual() {
        policy("{\"anomalies\":{\"amount_spike_factor\":3}}");
        assertThat(scenario.verify(token, OPERATION, 9_000).json().bool("allow"))
                .as("nothing is usual yet")
                .hasValue(true);
        scenario.verify(token, OPERATION, 100);
        scenario.verify(token, OPERATION, 200);

        assertHeld(scenario.verify(token, OPERATION, 9_301), "anomaly_amount_spike");
        assertThat(scenario.verify(token, OPERATION, 9_300).json().bool("allow"))
                .hasValue(true);
    }

    @Test
    void holdsCallsThatComeTooFast() {
        policy("{\"anomalies\":{\"rapid_auth_count\":2,\"rapid_auth_window_seconds\":10}}");
        scenario.verify(token, OPERATION, 1);
        scenario.verify(token, OPERATION, 1);

        assertHeld(scenario.verify(token, OPERATION, 1), "anomaly_rapid_auth");
        clock.advance(Duration.ofSeconds(11));
        assertThat(scenario.verify(token, OPERATION, 1).json().bool("allow")).hasValue(true);
    }

    @Test
    void holdsASpendThatComesCloseToTheCap() {
        policy("{\"daily_cap_cents\":1000,\"anomalies\":{\"cap_proximity_percent\":80}}");

        assertThat(scenario.verify(token, OPERATION, 799).json().bool("allow")).hasValue(true);
        assertHeld(scenario.verify(token, OPERATION, 1), "anomaly_cap_proximity");
    }

    @Test
    void onlyReportsWhileItObserves() {
        policy("{\"mode\":\"observe\",\"approval_threshold_cents\":10,\"max_spend_cents\":20}");

        Answer answer = scenario.verify(token, OPERATION, 30);
        assertThat(answer.json().bool("allow")).hasValue(true);
        assertThat(reasons(answer)).containsExactly("approval_threshold_exceeded");
    }

    @Test
    void preflightForeseesThePolicy() {
        policy("{\"max_spend_cents\":500,\"approval_threshold_cents\":100}");

        assertThat(preflight(501).text("outcome")).isEqualTo("deny");
        assertThat(preflight(500).text("outcome")).isEqualTo("approval_required");
        assertThat(preflight(100).text("outcome")).isEqualTo("allow");
        assertThat(scenario.client
                        .get(ADMIN + "approvals")
                        .json()
                        .array("items")
                        .orElseThrow()
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\":\"off\"}",
                "{\"max_spend_cents\":-1}",
                "{\"max_spend_cents\":\"5\"}",
                "{\"anomalies\":{\"cap_proximity_percent\":101}}",
                "{\"anomalies\":{\"new_vendor\":\"true\"}}",
                "[]"
            })
    void refusesWhatIsNoPolicy(String body) {
        assertThat(admin.send("PUT", ADMIN + "policy", body).code()).isEqualTo("validation_error");
    }

    @Test
    void letsOnlyAnAdministratorChangeThePolicy() {
        assertThat(scenario.client.send("PUT", ADMIN + "policy", "{}").status()).isEqualTo(403);
        TestClient agent = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(scenario.tenant, "agent"));
        assertThat(agent.get(ADMIN + "policy").status()).isEqualTo(403);
        assertThat(agent.get(ADMIN + "decisions").status()).isEqualTo(403);
        assertThat(agent.get(ADMIN + "reservations").status()).isEqualTo(403);
    }

    @Test
    void listsDecisionsAndReservations() {
        consume(scenario.verify(token, OPERATION, 5));
        scenario.verify(token, OPERATION, 6);
        scenario.verify(token, "travel.cancel", 7);
        clock.advance(Duration.ofMinutes(16));
        scenario.verify(token, OPERATION, 8);

        assertThat(column("decisions", "outcome")).containsExactly("allow", "allow", "deny", "allow");
        assertThat(column("reservations", "status")).containsExactly("consumed", "expired", "active");
    }

    private List<String> column(String list, String member) {
        return scenario.client
                .get(ADMIN + list)
                .json()
                .array("items")
                .orElseThrow()
                .objectItems()
                .map(item -> item.string(member).orElse(""))
                .toList();
    }

    private void policy(String body) {
        assertThat(admin.send("PUT", ADMIN + "policy", body).status()).isEqualTo(200);
    }

    private Answer preflight(long cents) {
        return scenario.client.post(
                "/v1/spend/preflight",
                JsonObject.builder()
                        .put("intent_id", scenario.intentId)
                        .put("requested_spend_cents", cents)
                        .build());
    }

    private void consume(Answer allowed) {
        complete(allowed, "consumed");
    }

    private void complete(Answer allowed, String outcome) {
        scenario.client.post(
                "/v1/spend/decisions/" + allowed.text("decision_id") + "/complete",
                JsonObject.builder().put("outcome", outcome).build());
    }

    private static void assertDenied(Answer answer, String code) {
        assertThat(answer.json().bool("allow")).hasValue(false);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(reasons(answer)).containsExactly(code);
    }

    private static void assertHeld(Answer answer, String reason) {
        assertThat(answer.text("code")).isEqualTo("approval_required");
        assertThat(reasons(answer)).containsExactly(reason);
    }

    private static List<String> reasons(Answer answer) {
        return answer.json().array("reason_codes").orElseThrow().strings().orElseThrow();
    }
}
