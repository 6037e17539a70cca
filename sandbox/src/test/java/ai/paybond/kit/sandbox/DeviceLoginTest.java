package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A device gets a key once a person has agreed, and only once. */
class DeviceLoginTest {
    private static final String AUTH = "/v1/public/auth/device/";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));

    @RegisterExtension
    final SandboxExtension extension =
            SandboxExtension.startedBy(() -> Sandbox.builder().clock(clock).start());

    private Sandbox sandbox;
    private TestClient device;
    private Answer start;

    @BeforeEach
    void login(Sandbox running) {
        sandbox = running;
        device = TestClient.anonymous(running);
        start = device.post(
                AUTH + "start", "{\"client_id\":\"paybond-kit-cli\",\"requested_environment\":\"sandbox\"}");
    }

    @Test
    void givesAKeyToADeviceThatWasLetIn() {
        assertThat(ask().text("error")).isEqualTo("authorization_pending");
        sandbox.decideDeviceLogin(start.text("user_code"), sandbox.tenant(), true);

        Answer answer = ask();
        assertThat(answer.text("access_token")).startsWith("paybond_sk_sandbox_");
        assertThat(answer.text("service_account_role")).isEqualTo("operator");
        assertThat(TestClient.anonymous(sandbox)
                        .bearer(answer.text("access_token"))
                        .get("/v1/auth/principal")
                        .text("tenant_id"))
                .isEqualTo(sandbox.tenant().tenantId());
        assertThat(ask().text("error")).isEqualTo("expired_token");
    }

    @Test
    void turnsADeviceAway() {
        TestClient operator = TestClient.of(sandbox);
        operator.post("/v1/admin/device-logins/" + start.text("user_code") + "/deny", "{}");

        assertThat(ask().text("error")).isEqualTo("access_denied");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.decideDeviceLogin(start.text("user_code"), sandbox.tenant(), true));
    }

    @Test
    void letsADeviceInOverHttp() {
        Answer answer =
                TestClient.of(sandbox).post("/v1/admin/device-logins/" + start.text("user_code") + "/approve", "{}");

        assertThat(answer.text("status")).isEqualTo("approved");
        assertThat(ask().text("tenant_id")).isEqualTo(sandbox.tenant().tenantId());
    }

    @Test
    void tellsAHastyDeviceToSlowDown() {
        assertThat(ask().text("error")).isEqualTo("authorization_pending");
        assertThat(ask().text("error")).isEqualTo("slow_down");
        clock.advance(Duration.ofSeconds(5));
        assertThat(ask().text("error")).isEqualTo("authorization_pending");
    }

    @Test
    void forgetsALoginAfterTenMinutes() {
        clock.advance(Duration.ofMinutes(10));

        assertThat(ask().text("error")).isEqualTo("expired_token");
    }

    @Test
    void givesNoLiveKeysAndNoOtherRoles() {
        assertThat(device.post(AUTH + "start", "{\"client_id\":\"x\",\"requested_environment\":\"live\"}")
                        .text("error"))
                .isEqualTo("access_denied");
        assertThat(device.post(AUTH + "start", "{\"client_id\":\"x\",\"service_account_role\":\"tenant.admin\"}")
                        .text("error"))
                .isEqualTo("access_denied");
        assertThat(TestClient.anonymous(sandbox)
                        .bearer(sandbox.tenant().liveApiKey())
                        .post("/v1/admin/device-logins/" + start.text("user_code") + "/approve", "{}")
                        .code())
                .isEqualTo("sandbox_only");
    }

    @Test
    void knowsNoCodeThatItDidNotGive() {
        assertThat(ask("nothing").text("error")).isEqualTo("expired_token");
        assertThat(device.post(AUTH + "token", "{\"grant_type\":\"password\"}").text("error"))
                .isEqualTo("unsupported_grant_type");
    }

    private Answer ask() {
        return ask(start.text("device_code"));
    }

    private Answer ask(String code) {
        return device.post(
                AUTH + "token",
                JsonObject.builder()
                        .put("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                        .put("device_code", code)
                        .put("client_id", "paybond-kit-cli")
                        .build());
    }
}
