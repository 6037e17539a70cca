package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace page over HTTP: what it shows, to whom, and what it may not do. */
class TracePageTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final TestClient browser = TestClient.anonymous(sandbox);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/trace/trace.css",
                "/trace/trace.js",
                "/trace/picture.js",
                "/trace/snapshot",
                "/trace/verify"
            })
    void mayAskNobodyButTheSandbox(String path) {
        Answer answer = browser.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-security-policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.body()).doesNotContain("http://", "https://", " style=", "<script>");
    }

    @Test
    void answersToLoopbackNamesOnly() throws IOException {
        URI base = sandbox.baseUrl();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream()
                    .write("GET /trace/snapshot HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine())
                    .contains("403");
        }
    }

    @Test
    void showsADenialWithItsReasonAndNoSecret() {
        Scenario scenario = Scenario.in(sandbox);
        String token = scenario.created();
        scenario.verify(token, "travel.cancel", 7);
        scenario.submit("{}");

        String picture = browser.get("/trace/snapshot").body();
        assertThat(picture).contains("operation_not_allowed", "travel.cancel", scenario.intentId, "evidence_submitted");
        assertThat(picture)
                .doesNotContain(token)
                .doesNotContain(scenario.tenant.apiKey())
                .doesNotContain("paybond_sk_");
    }

    @Test
    void letsNoOtherOriginReadIt() {
        TestClient elsewhere = browser.with("sec-fetch-site", "cross-site");

        assertThat(elsewhere.get("/trace/picture.js").status()).isEqualTo(403);
        assertThat(elsewhere.get("/trace/snapshot").status()).isEqualTo(403);
        assertThat(browser.get("/trace/picture.js").header("cross-origin-resource-policy"))
                .isEqualTo("same-origin");
    }

    @Test
    void saysWhetherTheLedgersHold() {
        assertThat(browser.get("/trace/verify")
                        .json()
                        .array("ledgers")
                        .orElseThrow()
                        .objectItems())
                .allSatisfy(ledger -> assertThat(ledger.bool("ok")).hasValue(true));
    }

    @Test
    @Timeout(60)
    void streamsWhatHappens() throws IOException, InterruptedException {
        Scenario scenario = Scenario.in(sandbox);
        String token = scenario.created();
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(sandbox.baseUrl().resolve("/trace/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: ").contains(scenario.intentId);
            scenario.verify(token, OPERATION, 4711);

            String line = lines.readLine();
            while (!line.contains("4711")) {
                line = lines.readLine();
            }
            assertThat(line).startsWith("data: ");
        }
    }

    @Test
    void takesNothing() {
        assertThat(browser.post("/trace/snapshot", "{}").status()).isEqualTo(404);
        assertThat(browser.get("/trace/../trace.sql").status()).isEqualTo(404);
    }
}
