package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static ai.paybond.kit.harbor.TestSessions.directOptions;
import static ai.paybond.kit.harbor.TestSessions.gatewayOptions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondEnvironment;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.SessionMode;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import java.net.URI;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionOpeningTest {
    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    private void assertNotOpened(PaybondOptions options, Class<? extends PaybondException> type, String code) {
        assertThatThrownBy(() -> HarborSession.open(options, machine))
                .isInstanceOf(type)
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void asksTheGatewayWhoseKeyItIs() {
        server.answer(200, TestSessions.principal());

        try (HarborSession session = HarborSession.open(gatewayOptions(server).build(), machine)) {
            assertThat(session.tenantId()).isEqualTo(TENANT);
            assertThat(session.mode()).isEqualTo(SessionMode.GATEWAY);
        }
        RecordedRequest request = server.next();
        assertThat(request.getRequestLine()).isEqualTo("GET /v1/auth/principal HTTP/1.1");
        assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer " + TestSessions.API_KEY);
        assertThat(request.getHeaders().get("x-tenant-id")).isNull();
    }

    @Test
    void exchangesTheKeyWhenAHarborUrlIsGiven() {
        server.answer(200, TestSessions.access("jwt-1", 900));

        try (HarborSession session = HarborSession.open(directOptions(server).build(), machine)) {
            assertThat(session.tenantId()).isEqualTo(TENANT);
            assertThat(session.mode()).isEqualTo(SessionMode.DIRECT_HARBOR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusesAKeyThatTheGatewayRefuses(int status) {
        server.answer(status, "{\"error\":{\"code\":\"invalid_api_key\"}}");

        assertNotOpened(gatewayOptions(server).build(), GatewayAuthException.class, "invalid_api_key");
    }

    @Test
    void refusesAPrincipalWithoutATenant() {
        server.answer(200, "{\"environment\":\"sandbox\"}");

        assertNotOpened(gatewayOptions(server).build(), GatewayAuthException.class, "auth.tenant_missing");
    }

    @Test
    void refusesAPrincipalThatIsNotJson() {
        server.answer(200, "<html>");

        assertNotOpened(gatewayOptions(server).build(), ProtocolException.class, "reply.not_json");
    }

    @Test
    void refusesARedirectedPrincipal() {
        server.answer(reply -> reply.code(301).setHeader("location", "https://elsewhere.example"));

        assertNotOpened(gatewayOptions(server).build(), ProtocolException.class, "reply.redirect");
    }

    @Test
    void reportsADeadGateway() {
        PaybondOptions options = gatewayOptions(server).build();
        server.close();

        assertNotOpened(options, HarborUnreachableException.class, "harbor.unreachable");
    }

    @Test
    void sendsNoKeyInTheClearToAnotherMachine() {
        PaybondOptions options = PaybondOptions.builder(
                        URI.create("http://gateway.example.com"), ApiKey.of(TestSessions.API_KEY))
                .build();

        assertNotOpened(options, ConfigurationException.class, "url.insecure");
    }

    @Test
    void checksTheHarborUrlBeforeItExchangesTheKey() {
        PaybondOptions options = gatewayOptions(server)
                .harborUrl(URI.create("http://harbor.example.com"))
                .build();

        assertNotOpened(options, ConfigurationException.class, "url.insecure");
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"tenant_id\":\"t\",\"environment\":\"live\"}'",
        "'{\"tenant_id\":\"t\",\"environment\":\"live\",\"x\":1}'"
    })
    void refusesAKeyOfAnotherEnvironmentThanExpected(String principal) {
        server.answer(200, principal);
        PaybondOptions options = gatewayOptions(server)
                .expectedEnvironment(PaybondEnvironment.SANDBOX)
                .build();

        assertNotOpened(options, ConfigurationException.class, "environment.mismatch");
    }

    @Test
    void believesTheKeysPrefixWhereTheGatewayNamesNoEnvironment() {
        server.answer(200, TestSessions.access("jwt-1", 900));
        PaybondOptions options = directOptions(server)
                .expectedEnvironment(PaybondEnvironment.LIVE)
                .build();

        assertNotOpened(options, ConfigurationException.class, "environment.mismatch");
    }

    @Test
    void refusesAnUnknownEnvironmentWhereOneIsExpected() {
        server.answer(200, "{\"tenant_id\":\"t\",\"environment\":\"staging\"}");
        PaybondOptions options = PaybondOptions.builder(server.url(), ApiKey.of("paybond_sk_first_generation"))
                .expectedEnvironment(PaybondEnvironment.SANDBOX)
                .build();

        assertNotOpened(options, ConfigurationException.class, "environment.mismatch");
    }

    @Test
    void opensAndVerifiesWithoutAnySigningKey() {
        server.answer(200, TestSessions.principal())
                .answer(200, Operation.VERIFY.goodReply().toJson());
        PaybondOptions options = PaybondOptions.builder(server.url(), ApiKey.of(TestSessions.API_KEY))
                .build();

        try (HarborSession session = HarborSession.open(options, machine)) {
            assertThat(session.harbor().verify(TestSessions.question()).allow()).isTrue();
        }
    }

    @Test
    void namesTheMissingRecognitionKeyAndSendsNothing() {
        server.answer(200, TestSessions.principal());
        PaybondOptions options = PaybondOptions.builder(server.url(), ApiKey.of(TestSessions.API_KEY))
                .build();

        try (HarborSession session = HarborSession.open(options, machine)) {
            assertThatThrownBy(() -> session.harbor().submitEvidence(TestSessions.evidence(EvidenceVersion.V2), null))
                    .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                        assertThat(e.code()).isEqualTo("recognition_key.missing");
                        assertThat(e).hasMessageContaining("recognitionKey");
                    });
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void refusesARecognitionKeyIdThatCannotBeProven() {
        server.answer(200, TestSessions.principal());
        PaybondOptions options =
                gatewayOptions(server).recognitionKey(" ", TestSessions.SIGNER).build();

        try (HarborSession session = HarborSession.open(options, machine)) {
            assertThatThrownBy(() -> session.harbor().confirmSettlement(TestSessions.INTENT, null))
                    .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                            .isEqualTo("recognition.key_id"));
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void readsRepliesUpToTheLimitThatWasSet() {
        server.answer(200, TestSessions.principal());
        int limit = 6 << 20;
        try (HarborSession session = HarborSession.open(
                gatewayOptions(server).maxResponseBytes(limit).build(), machine)) {
            String padding = "x".repeat(5 << 20);
            server.answer(
                    200, Operation.VERIFY.goodReply().with("padding", padding).toJson());

            assertThat(session.harbor().verify(TestSessions.question()).allow()).isTrue();
        }
    }

    @Test
    void refusesCallsAfterClosing() {
        HarborSession session = TestSessions.gateway(server, machine);
        session.close();

        assertThatThrownBy(() -> session.harbor().verify(TestSessions.question()))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("session.closed"));
    }
}
