package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.API_KEY;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.audit.AuditExport;
import ai.paybond.kit.audit.DownloadLimit;
import ai.paybond.kit.audit.DownloadedBundle;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audit bundles, fetched from a server that may not mean well. */
class DownloadTest {
    private static final byte[] BUNDLE = "PK and so on ".repeat(4000).getBytes(StandardCharsets.UTF_8);
    private static final DownloadLimit ENOUGH = new DownloadLimit(1 << 20, Duration.ofSeconds(30));

    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, machine);

    @TempDir
    private Path directory;

    private Path target;

    @BeforeEach
    void choose() {
        target = directory.resolve("bundle.zip");
    }

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private static JsonObject job(String status) {
        return JsonObject.builder()
                .put("id", "j-1")
                .put("status", status)
                .put("tenant_realm_id", TENANT)
                .put("disclosure_tier", "standard")
                .put("expires_at", "2026-07-01T00:00:00Z")
                .put("bundle_sha256", Digest32.sha256(BUNDLE).hex())
                .put("bundle_size_bytes", BUNDLE.length)
                .put("download_token", "dl_secret")
                .build();
    }

    private void answer(JsonObject job) {
        server.answer(200, JsonObject.builder().put("job", job).build().toJson());
    }

    private void answerBundle(byte[] bytes) {
        server.answer(reply -> reply.body(new Buffer().write(bytes)).setHeader("content-type", "application/zip"));
    }

    private PaybondException refusal(DownloadLimit limit) {
        PaybondException refusal = catchThrowableOfType(
                PaybondException.class, () -> session.audit().download("j-1", target, limit));
        assertThat(refusal).isNotNull().hasMessageNotContaining("dl_secret");
        return refusal;
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void savesALargerBundleThanOtherRepliesMayBe() throws IOException {
        answer(job("ready"));
        answerBundle(BUNDLE);

        DownloadedBundle bundle = session.audit().download("j-1", target, ENOUGH);

        assertThat(BUNDLE.length).isGreaterThan(20_000);
        assertThat(Files.readAllBytes(target)).isEqualTo(BUNDLE);
        assertThat(bundle).isEqualTo(new DownloadedBundle(target, BUNDLE.length, Digest32.sha256(BUNDLE)));
    }

    @Test
    void opensTheBundleWithItsOwnTokenAndNeverWithTheKey() {
        answer(job("ready"));
        answerBundle(BUNDLE);
        session.audit().download("j-1", target, ENOUGH);

        RecordedRequest asked = server.next();
        assertThat(asked.getTarget()).isEqualTo("/v1/compliance/audit-exports/j-1?issue_download=1");
        assertThat(asked.getHeaders().get("authorization")).isEqualTo("Bearer " + API_KEY);
        RecordedRequest fetched = server.next();
        assertThat(fetched.getRequestLine()).isEqualTo("POST /v1/compliance/audit-exports/j-1/bundle HTTP/1.1");
        assertThat(fetched.getHeaders().get("authorization")).isEqualTo("Bearer dl_secret");
        assertThat(fetched.getBodySize()).isZero();
    }

    @Test
    void beginsAgainWhenTheBundleBreaksOff() throws IOException {
        answer(job("ready"));
        server.breakOff("PK and");
        answerBundle(BUNDLE);

        session.audit().download("j-1", target, ENOUGH);

        assertThat(Files.readAllBytes(target)).isEqualTo(BUNDLE);
    }

    @Test
    void leavesNothingOfABundleThatIsTooLarge() throws IOException {
        answer(job("ready"));
        answerBundle(BUNDLE);

        assertThat(refusal(new DownloadLimit(BUNDLE.length - 1, Duration.ofSeconds(30))))
                .isInstanceOf(ProtocolException.class)
                .extracting(PaybondException::code)
                .isEqualTo("reply.too_large");
        assertNothingIsLeft();
    }

    @Test
    void leavesNothingOfABundleThatDoesNotSayHowLargeItIs() throws IOException {
        answer(job("ready"));
        server.answer(reply -> reply.chunkedBody(new Buffer().write(BUNDLE), 1000));

        assertThat(refusal(new DownloadLimit(5000, Duration.ofSeconds(30))).code())
                .isEqualTo("reply.too_large");
        assertNothingIsLeft();
    }

    @Test
    void leavesNothingOfABundleThatIsAnother() throws IOException {
        answer(job("ready"));
        byte[] other = BUNDLE.clone();
        other[7]++;
        answerBundle(other);

        assertThat(refusal(ENOUGH).code()).isEqualTo("audit.digest_mismatch");
        assertNothingIsLeft();
    }

    @Test
    void refusesABundleOfAnotherSizeThanAnnounced() throws IOException {
        answer(job("ready").with("bundle_size_bytes", 3));
        answerBundle(BUNDLE);

        assertThat(refusal(ENOUGH).code()).isEqualTo("audit.digest_mismatch");
        assertNothingIsLeft();
    }

    @Test
    void fetchesNothingThatItCouldNotCheck() {
        answer(job("ready").with("bundle_sha256", ""));

        assertThat(refusal(ENOUGH).code()).isEqualTo("audit.digest_missing");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void overwritesNothing() throws IOException {
        Files.writeString(target, "mine");
        answer(job("ready"));

        assertThat(refusal(ENOUGH).code()).isEqualTo("audit.target_exists");
        assertThat(target).hasContent("mine");
    }

    @Test
    void saysThatAFolderIsMissing() {
        target = directory.resolve("missing").resolve("bundle.zip");
        answer(job("ready"));

        assertThat(refusal(ENOUGH).code()).isEqualTo("download.unwritable");
    }

    @Test
    void reportsAnExpiredBundle() throws IOException {
        answer(job("ready"));
        server.answer(410, "{\"error\":\"gone\",\"message\":\"too late\"}");

        assertThat(refusal(ENOUGH)).isInstanceOfSatisfying(HarborHttpException.class, e -> {
            assertThat(e.status()).isEqualTo(410);
            assertThat(e.code()).isEqualTo("gone");
        });
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"pending,audit.not_ready", "failed,audit.failed", "expired,audit.expired", "deleted,audit.deleted"})
    void saysWhyThereIsNoBundle(String status, String code) {
        answer(job(status));

        assertThat(refusal(ENOUGH).code()).isEqualTo(code);
    }

    @Test
    void refusesAJobOfAnotherTenant() {
        answer(job("ready").with("tenant_realm_id", "tenant-b"));

        assertThat(refusal(ENOUGH)).isInstanceOf(TenantBindingException.class);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void refusesAnotherJob() {
        answer(job("ready").with("id", "j-2"));

        assertThat(refusal(ENOUGH).code()).isEqualTo("job.binding_mismatch");
    }

    @Test
    void waitsUntilAJobIsReady() {
        answer(job("pending"));
        answer(job("pending"));
        answer(job("ready"));

        AuditExport export = session.audit().awaitReady("j-1", Duration.ofSeconds(10), Duration.ofSeconds(2));

        assertThat(export.status()).isEqualTo(AuditExport.Status.READY);
        assertThat(export.raw().has("download_token")).isFalse();
        assertThat(machine.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void waitsNoLongerThanItMay() {
        answer(job("pending"));
        answer(job("pending"));

        assertThat(catchThrowableOfType(PaybondException.class, () -> session.audit()
                                .awaitReady("j-1", Duration.ofSeconds(3), Duration.ofSeconds(2)))
                        .code())
                .isEqualTo("audit.not_ready");
    }

    @Test
    void doesNotWaitForAJobThatFailed() {
        answer(job("failed"));

        assertThat(catchThrowableOfType(PaybondException.class, () -> session.audit()
                                .awaitReady("j-1", Duration.ofSeconds(9), Duration.ofSeconds(2)))
                        .code())
                .isEqualTo("audit.failed");
        assertThat(machine.pauses()).isEmpty();
    }
}
