package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final TestClient client = TestClient.of(SANDBOX.sandbox());

    @Test
    void listensOnLoopbackOnly() {
        assertThat(SANDBOX.sandbox().baseUrl().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void answersToLoopbackNamesOnly() throws IOException {
        assertThat(get("evil.example")).contains("403").contains("host_not_allowed");
        assertThat(get("localhost")).contains("200");
        assertThat(get("[::1]:80")).contains("200");
    }

    @Test
    void refusesABodyBeyondOneMebibyte() {
        Answer answer = client.post("/verify", "x".repeat((1 << 20) + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "null", "{\"a\":1,\"a\":2}", "{\"a\":}", "\u0000", "{} {}"})
    void refusesABodyThatIsNotOneJsonObject(String body) {
        Answer answer = client.post("/verify", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    @Test
    void refusesDeepJson() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(client.post("/verify", deep).status()).isEqualTo(400);
    }

    @Test
    void saysNothingAboutItsInside() {
        Answer answer = client.post("/intents", "{\"intent_id\":" + "9".repeat(400) + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("ai.paybond");
    }

    @Test
    void takesNoPathParameterFromTheQuery() {
        Scenario scenario = Scenario.in(SANDBOX.sandbox());
        scenario.created();

        assertThat(client.post("/intents/00000000-0000-4000-8000-000000000000/fund?id=" + scenario.intentId, "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void pagesThroughIntents() {
        try (Sandbox sandbox = Sandbox.start()) {
            for (int i = 0; i < 3; i++) {
                Scenario.in(sandbox).created();
            }
            TestClient own = TestClient.of(sandbox);

            Answer first = own.get("/harbor/operator/v1/intents?limit=2");
            assertThat(first.json().array("intents").orElseThrow().items()).hasSize(2);
            Answer second = own.get("/operator/v1/intents?limit=2&cursor=" + first.text("next_cursor"));
            assertThat(second.json().array("intents").orElseThrow().items()).hasSize(1);
            assertThat(second.body()).contains("\"next_cursor\":null");
            assertThat(own.get("/operator/v1/intents?operator_did=did:web:principal.example")
                            .json()
                            .array("intents")
                            .orElseThrow()
                            .items())
                    .hasSize(3);
            assertThat(own.get("/operator/v1/intents?operator_did=did:web:other.example")
                            .json()
                            .array("intents")
                            .orElseThrow()
                            .items())
                    .isEmpty();
            assertThat(own.get("/operator/v1/intents?status=released")
                            .json()
                            .array("intents")
                            .orElseThrow()
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void showsAnIntentToItsOperator() {
        Scenario scenario = Scenario.in(SANDBOX.sandbox());
        scenario.created();
        Answer detail = client.get("/harbor/operator/v1/intents/" + scenario.intentId);

        assertThat(detail.text("tenant_id")).isEqualTo(scenario.tenant.tenantId());
        assertThat(detail.text("status")).isEqualTo("funded");
        assertThat(detail.json().array("allowed_tools").orElseThrow().strings().orElseThrow())
                .containsExactly("travel.book_hotel", "travel.book_flight");
    }

    @Test
    void refusesATokenThatHasExpired() {
        TestClock clock = new TestClock(Instant.parse("2026-05-01T12:00:00Z"));
        try (Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .harborTokenTtl(Duration.ofSeconds(120))
                .start()) {
            Answer access = TestClient.of(sandbox).post("/v1/auth/harbor-access", "");
            TestClient direct = TestClient.anonymous(sandbox).bearer(access.text("access_token"));
            assertThat(access.json().integer("expires_in")).hasValue(120L);
            assertThat(direct.get("/ledger/v1/tip").status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(121));

            assertThat(direct.get("/ledger/v1/tip").code()).isEqualTo("invalid_token");
        }
    }

    @Test
    void endsATokenWithItsKey() {
        try (Sandbox sandbox = Sandbox.start()) {
            String access =
                    TestClient.of(sandbox).post("/v1/auth/harbor-access", "").text("access_token");
            sandbox.revokeApiKey(sandbox.tenant());

            assertThat(TestClient.anonymous(sandbox)
                            .bearer(access)
                            .get("/ledger/v1/tip")
                            .code())
                    .isEqualTo("invalid_token");
            assertThat(TestClient.of(sandbox).get("/v1/auth/principal").code()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void describesItselfInOneLineAndKeepsKeysOutOfToString() {
        Sandbox sandbox = SANDBOX.sandbox();
        String text = sandbox.descriptor().toJson();

        assertThat(text)
                .doesNotContain("\n")
                .contains(sandbox.tenant().apiKey(), sandbox.baseUrl().toString());
        assertThat(sandbox.tenant().toString()).doesNotContain("paybond_sk_");
        assertThat(sandbox.capabilityRootKeyId()).isEqualTo(1);
    }

    /** The JDK's client does not let a test choose its Host header. */
    private String get(String host) throws IOException {
        URI base = SANDBOX.sandbox().baseUrl();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            String request = "GET /v1/auth/principal HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer "
                    + SANDBOX.sandbox().tenant().apiKey() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
