package ai.paybond.kit.harbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.harbor.DeviceLogin.DeviceCode;
import ai.paybond.kit.harbor.DeviceLogin.DeviceGrant;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that logs in: when it asks, when it gives up, and which keys it does not take. */
class DeviceLoginTest {
    private static final JsonObject CODE = JsonObject.parse("""
            {"device_code":"device-secret","user_code":"BCDF-GHJK","verification_uri":"https://paybond.example/device",\
            "expires_in":60,"interval":5}""");
    private static final JsonObject KEY = JsonObject.parse("""
            {"access_token":"%s","tenant_id":"tenant-a","tenant_uuid":"6f0e2f6e-3b3a-4f0f-9a55-0c8b6c7d1a10",\
            "environment":"sandbox","service_account_role":"operator"}""".formatted(TestSessions.API_KEY));

    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();
    private final DeviceLogin login = DeviceLogin.at(server.url(), machine);
    private final DeviceCode code = started();

    @AfterEach
    void close() {
        login.close();
        server.close();
    }

    private DeviceCode started() {
        server.answer(200, CODE.toJson());
        DeviceCode started = login.start();
        server.next();
        return started;
    }

    private void refuse(String error) {
        server.answer(400, "{\"error\":\"" + error + "\"}");
    }

    private String refusal() {
        return catchThrowableOfType(PaybondException.class, () -> login.await(code))
                .code();
    }

    @Test
    void asksForASandboxKeyOfAnOperatorWithoutACredential() {
        server.answer(200, CODE.toJson());
        login.start();

        RecordedRequest request = server.next();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/public/auth/device/start HTTP/1.1");
        assertThat(request.getHeaders().get("authorization")).isNull();
        assertThat(JsonObject.parse(request.getBody().utf8())).isEqualTo(JsonObject.parse("""
                {"client_id":"paybond-kit-cli","client_name":"Paybond CLI","requested_environment":"sandbox",\
                "service_account_role":"operator"}"""));
    }

    @Test
    void asksAtTheServersPaceUntilSomebodyAgrees() throws Exception {
        refuse("authorization_pending");
        server.answer(200, KEY.toJson());

        DeviceGrant grant = login.await(code);

        assertThat(grant.apiKey().expose()).isEqualTo(TestSessions.API_KEY);
        assertThat(grant.tenantId()).isEqualTo("tenant-a");
        assertThat(machine.pauses()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(JsonObject.parse(server.next().getBody().utf8()).string("device_code"))
                .hasValue("device-secret");
    }

    @Test
    void slowsDownWhenTold() throws Exception {
        refuse("slow_down");
        server.answer(400, "{\"error\":\"slow_down\",\"interval\":20}").answer(200, KEY.toJson());
        login.await(code);

        assertThat(machine.pauses())
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void keepsAskingOverAnOutage() throws Exception {
        server.dropConnection().answer(503, "").answer(200, KEY.toJson());

        assertThat(login.await(code).tenantId()).isEqualTo("tenant-a");
    }

    @Test
    void givesUpWhenTheCodeHasExpired() {
        for (int i = 0; i < 12; i++) {
            refuse("authorization_pending");
        }

        assertThat(refusal()).isEqualTo("login.expired");
        assertThat(machine.pauses()).hasSize(13);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied,login.denied",
        "expired_token,login.expired",
        "invalid_grant,login.rejected",
        "'',login.rejected"
    })
    void endsWithTheServersWord(String error, String code) {
        refuse(error);

        assertThat(refusal()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"error\":7}"})
    void endsWithARefusalThatCannotBeRead(String body) {
        server.answer(400, body);

        assertThat(refusal()).isEqualTo("login.rejected");
    }

    @ParameterizedTest
    @CsvSource({
        "access_token,paybond_sk_live_abababababababababababababababab_00,login.live_key",
        "access_token,paybond_sk_old,login.live_key",
        "environment,live,login.live_key",
        "service_account_role,tenant.admin,login.wrong_role",
        "tenant_id,'',reply.missing_member"
    })
    void takesNoOtherKey(String member, String value, String code) {
        server.answer(200, KEY.with(member, value).toJson());

        assertThat(refusal()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_code", "verification_uri"})
    void showsNothingThatATerminalWouldActOn(String member) {
        server.answer(200, CODE.with(member, "\u001b[2Jevil").toJson());

        assertThatThrownBy(login::start).isInstanceOf(ProtocolException.class);
    }

    @Test
    void hidesTheDevicesHalf() {
        assertThat(code.toString()).contains("BCDF-GHJK").doesNotContain("device-secret");
    }

    @Test
    void reportsAGatewayThatLetsNoDeviceIn() {
        refuse("access_denied");

        assertThat(catchThrowableOfType(DeviceLoginException.class, login::start)
                        .code())
                .isEqualTo("login.rejected");
    }

    @Test
    void asksNobodyWithoutEncryption() {
        assertThatThrownBy(() -> DeviceLogin.at(URI.create("http://paybond.example")))
                .isInstanceOf(ConfigurationException.class);
    }
}
