package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.wire.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store that outlives the process must keep: one life of an intent, over a restart, whichever store it is. */
class StoreContractTest {
    /** The behaviour; each nested class brings a store. */
    abstract static class Contract {
        abstract Sandbox open();

        @Test
        void keepsEverythingOverARestart() {
            SandboxTenant tenant;
            Scenario scenario;
            String token;
            String decision;
            try (Sandbox first = open()) {
                tenant = first.tenant();
                scenario = Scenario.in(first);
                token = scenario.created();
                JsonObject call = scenario.verifyBody(token, OPERATION, 100).with("tool_call_id", "call-1");
                decision = scenario.client
                        .with("idempotency-key", "k")
                        .post("/verify", call)
                        .text("decision_id");
                scenario.verify(token, OPERATION, 12_000);
                first.issueRestrictedKey(tenant, "agent", Set.of("mcp.receipts:read"));
            }
            try (Sandbox second = open()) {
                assertThat(second.tenant().apiKey()).isEqualTo(tenant.apiKey());
                assertThat(second.capabilityRootKey()).isNotNull();
                TestClient client = TestClient.of(second);
                JsonObject call = scenario.verifyBody(token, OPERATION, 100).with("tool_call_id", "call-1");
                assertThat(client.with("idempotency-key", "k")
                                .post("/verify", call)
                                .text("decision_id"))
                        .isEqualTo(decision);
                assertThat(client.post("/v1/spend/decisions/" + decision + "/complete", "{\"outcome\":\"consumed\"}")
                                .status())
                        .isEqualTo(200);
                assertThat(client.post(scenario.path("evidence"), scenario.evidenceBody("{}"))
                                .json()
                                .has("agent_receipt"))
                        .isTrue();
                assertThat(client.post(scenario.path("settlement/confirm"), "{}")
                                .text("state"))
                        .isEqualTo("released");
                assertThat(client.get("/operator/v1/intents?status=released").body())
                        .contains(scenario.intentId);
                assertThat(client.get("/v1/admin/spend-controls/approvals").body())
                        .contains("pending");
                assertThat(client.get("/trace/snapshot").status()).isEqualTo(200);
                assertThat(second.records().ledgerVerifies(tenant.tenantId())).isTrue();
            }
        }
    }

    @Nested
    class Embedded extends Contract {
        @TempDir
        Path directory;

        @Override
        Sandbox open() {
            return Sandbox.builder()
                    .dataDirectory(directory)
                    .approvalThresholdCents(10_000)
                    .start();
        }
    }

    @Nested
    class PostgreSql extends Contract {
        private static final String USER = "postgres";
        private String url = "";

        @Override
        Sandbox open() {
            return Sandbox.builder()
                    .storeUrl(url)
                    .approvalThresholdCents(10_000)
                    .start();
        }

        @Test
        @Override
        void keepsEverythingOverARestart() {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start()) {
                url = server.getJdbcUrl(USER, "postgres");
                super.keepsEverythingOverARestart();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void refusesTheUrlOfAnythingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sandbox.builder().storeUrl("jdbc:mysql://x").start());
    }
}
