package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    @TempDir
    Path directory;

    @Test
    void keepsTenantsKeysAndTokens() {
        JsonObject before;
        String access;
        try (Sandbox sandbox = start()) {
            before = sandbox.descriptor();
            access = TestClient.of(sandbox).post("/v1/auth/harbor-access", "").text("access_token");
        }
        try (Sandbox sandbox = start()) {
            assertThat(sandbox.descriptor().without("base_url")).isEqualTo(before.without("base_url"));
            assertThat(TestClient.anonymous(sandbox)
                            .bearer(access)
                            .get("/v1/auth/principal")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void keepsIntentsBudgetsAndAudit() {
        String token;
        JsonObject body;
        try (Sandbox sandbox = start()) {
            Scenario scenario = Scenario.in(sandbox).amountCents(1_000);
            token = scenario.created();
            body = scenario.verifyBody(token, OPERATION, 700);
            scenario.client.post("/verify", body);
        }
        try (Sandbox sandbox = start()) {
            assertThat(TestClient.of(sandbox).post("/verify", body).text("code"))
                    .isEqualTo("budget_exceeded");
            assertThat(sandbox.records().verifications()).hasSize(2);
            assertThat(sandbox.records().intents())
                    .extracting(SandboxRecords.Intent::state)
                    .containsExactly("funded");
            assertThat(sandbox.records().ledgerVerifies(sandbox.tenant().tenantId()))
                    .isTrue();
        }
    }

    @Test
    void replaysWhatWasAnsweredBefore() {
        String first;
        JsonObject body;
        try (Sandbox sandbox = start()) {
            Scenario scenario = Scenario.in(sandbox);
            body = scenario.createBody();
            first = scenario.client
                    .with("idempotency-key", "k")
                    .post("/intents", body)
                    .body();
        }
        try (Sandbox sandbox = start()) {
            assertThat(TestClient.of(sandbox)
                            .with("idempotency-key", "k")
                            .post("/intents", body)
                            .body())
                    .isEqualTo(first);
        }
    }

    @Test
    void remembersUsedNonces() {
        TestClient replaying;
        String header;
        String body;
        try (Sandbox sandbox = start()) {
            Scenario scenario = Scenario.in(sandbox);
            body = scenario.createBody().toJson();
            header = scenario.proof(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body)
                    .sign(scenario.tenant.recognitionKey())
                    .headerValue();
            replaying = scenario.client.with(RecognitionProof.HEADER, header);
            assertThat(replaying.post("/harbor/intents", body).status()).isEqualTo(201);
        }
        try (Sandbox sandbox = start()) {
            assertThat(TestClient.of(sandbox)
                            .with(RecognitionProof.HEADER, header)
                            .post("/harbor/intents", body)
                            .code())
                    .isEqualTo("recognition_nonce_replayed");
        }
    }

    @Test
    void keepsRevocations() {
        try (Sandbox sandbox = start()) {
            sandbox.revokeApiKey(sandbox.tenant());
        }
        try (Sandbox sandbox = start()) {
            assertThat(TestClient.of(sandbox).get("/v1/auth/principal").code()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void keepsItsFilesToItself() throws IOException {
        try (Sandbox sandbox = start()) {
            assertThat(sandbox.tenants()).hasSize(2);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data"))))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(directory.resolve("data"))) {
                List<Path> all = files.toList();
                assertThat(all).isNotEmpty();
                for (Path file : all) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    private Sandbox start() {
        return Sandbox.builder().dataDirectory(directory.resolve("data")).start();
    }
}
