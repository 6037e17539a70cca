package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.TrustedKeys;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports: asked for, waited for, downloaded with a token of their own, and worth checking. */
class AuditExportTest {
    private static final String EXPORTS = "/v1/compliance/audit-exports";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));

    @RegisterExtension
    final SandboxExtension extension =
            SandboxExtension.startedBy(() -> Sandbox.builder().clock(clock).start());

    private Sandbox sandbox;
    private TestClient client;
    private Scenario scenario;

    @BeforeEach
    void intent(Sandbox running) {
        sandbox = running;
        client = TestClient.of(running);
        scenario = Scenario.in(running);
        scenario.created();
    }

    @Test
    void isReadyOnceItIsAskedFor() {
        JsonObject created = job(client.post(EXPORTS, "{\"filter\":{\"includes\":[\"disputes\",\"signal\"]}}"));
        assertThat(created.string("status")).hasValue("pending");

        JsonObject ready = job(client.get(EXPORTS + "/" + id(created)));
        assertThat(ready.string("status")).hasValue("ready");
        assertThat(ready.has("download_token")).isFalse();
        assertThat(ready.string("tenant_realm_id")).hasValue(sandbox.tenant().tenantId());
    }

    @Test
    void bundlesWhatItsSignedManifestLists() throws Exception {
        JsonObject job = ready("{\"filter\":{\"intent_id\":\"" + scenario.intentId + "\"}}");
        byte[] zip = download(job).body();

        assertThat(Digest32.sha256(zip).hex())
                .isEqualTo(job.string("bundle_sha256").orElseThrow());
        Map<String, byte[]> files = unzip(zip);
        JsonObject manifest = JsonObject.parse(files.get("manifest.json"));
        assertThat(AuditManifest.verify(manifest, TrustedKeys.of(sandbox.receiptKey())))
                .isInstanceOf(Verdict.Valid.class);
        manifest.array("artifacts").orElseThrow().objectItems().forEach(artifact -> assertThat(
                        Digest32.sha256(files.get(artifact.string("path").orElseThrow()))
                                .hex())
                .isEqualTo(artifact.string("sha256_hex").orElseThrow()));
        assertThat(new String(files.get("ledger.json"), StandardCharsets.UTF_8)).contains(scenario.intentId);
    }

    @Test
    void takesWhatWasRecordedBetweenTwoTimesOnly() throws Exception {
        String first = scenario.intentId;
        clock.advance(Duration.ofHours(2));
        Scenario later = Scenario.in(sandbox);
        later.created();

        assertThat(ledgerOf("{\"filter\":{\"time_start\":\"2026-11-21T11:00:00Z\"}}"))
                .contains(later.intentId)
                .doesNotContain(first);
        assertThat(ledgerOf("{\"filter\":{\"time_end\":\"2026-11-21T11:00:00Z\"}}"))
                .contains(first)
                .doesNotContain(later.intentId);
        assertThat(ledgerOf(
                        "{\"filter\":{\"time_start\":\"2026-11-21T10:00:00Z\",\"time_end\":\"2026-11-21T12:00:00Z\"}}"))
                .as("from the first time, included, to the last, excluded")
                .contains(first)
                .doesNotContain(later.intentId);
    }

    private String ledgerOf(String order) throws Exception {
        Map<String, byte[]> files = unzip(download(ready(order)).body());
        return new String(files.get("ledger.json"), StandardCharsets.UTF_8);
    }

    @Test
    void opensABundleToItsOwnTokenOnly() throws Exception {
        JsonObject job = ready("{}");
        JsonObject other = ready("{}");

        HttpResponse<byte[]> stolen = download(job.with("download_token", other.get("download_token")));
        assertThat(stolen.statusCode()).isEqualTo(401);
        assertThat(download(job.with("download_token", sandbox.tenant().apiKey()))
                        .statusCode())
                .isEqualTo(401);
        clock.advance(Duration.ofMinutes(15));
        assertThat(download(job).statusCode()).isEqualTo(410);
    }

    @Test
    void forgetsABundleWhenItsTimeHasCome() {
        JsonObject job = ready("{\"retention_hours\":1}");
        clock.advance(Duration.ofHours(1));

        assertThat(job(client.get(EXPORTS + "/" + id(job))).string("status")).hasValue("expired");
    }

    @Test
    void deletesAJob() {
        JsonObject job = ready("{}");

        assertThat(client.send("DELETE", EXPORTS + "/" + id(job), "").json().bool("deleted"))
                .hasValue(true);
        assertThat(client.get(EXPORTS + "/" + id(job)).status()).isEqualTo(404);
    }

    @Test
    void listsJobsInPages() {
        String first = id(ready("{}"));
        String second = id(ready("{}"));

        Answer page = client.get(EXPORTS + "?limit=1");
        assertThat(page.body()).contains(first).doesNotContain(second);
        assertThat(client.get(EXPORTS + "?limit=1&cursor=" + page.text("next_cursor"))
                        .body())
                .contains(second);
        assertThat(page.body()).doesNotContain("dl_").doesNotContain("bundle\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"disclosure_tier\":\"all\"}",
                "{\"retention_hours\":721}",
                "{\"filter\":{\"time_start\":\"yesterday\"}}"
            })
    void refusesAnExportThatMakesNoSense(String body) {
        assertThat(client.post(EXPORTS, body).code()).isEqualTo("validation_error");
    }

    @Test
    void isForOperators() {
        TestClient agent = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(scenario.tenant, "agent"));

        assertThat(agent.post(EXPORTS, "{}").status()).isEqualTo(403);
        assertThat(agent.get(EXPORTS).status()).isEqualTo(403);
    }

    private JsonObject ready(String body) {
        String id = id(job(client.post(EXPORTS, body)));
        return job(client.get(EXPORTS + "/" + id + "?issue_download=1"));
    }

    private static JsonObject job(Answer answer) {
        return answer.json().object("job").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static String id(JsonObject job) {
        return job.string("job_id").orElseThrow();
    }

    private HttpResponse<byte[]> download(JsonObject job) throws IOException, InterruptedException {
        URI uri = sandbox.baseUrl().resolve(job.string("download_path").orElseThrow());
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header(
                                        "authorization",
                                        "Bearer " + job.string("download_token").orElseThrow())
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
