package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @Test
    void namesTheTenantOfAnApiKey(Sandbox sandbox) {
        Answer answer = TestClient.of(sandbox).get("/v1/auth/principal");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("tenant_id")).isEqualTo(sandbox.tenant().tenantId());
        assertThat(answer.text("environment")).isEqualTo("sandbox");
        assertThat(answer.text("service_account_role")).isEqualTo("operator");
        assertThat(answer.text("tenant_uuid")).hasSize(36);
        assertThat(answer.header("x-request-id")).startsWith("req-");
    }

    @Test
    void exchangesAnApiKeyForATokenThatWorks(Sandbox sandbox) {
        Answer access = TestClient.of(sandbox).post("/v1/auth/harbor-access", "");

        assertThat(access.status()).isEqualTo(200);
        assertThat(access.json().integer("expires_in")).hasValue(900L);
        assertThat(access.text("token_type")).isEqualTo("Bearer");
        Answer principal = TestClient.anonymous(sandbox)
                .bearer(access.text("access_token"))
                .get("/v1/auth/principal");
        assertThat(principal.text("tenant_id")).isEqualTo(access.text("tenant_id"));
    }

    @Test
    void refusesAMissingCredential(Sandbox sandbox) {
        assertRefused(TestClient.anonymous(sandbox).get("/v1/auth/principal"), "unauthorized");
    }

    @Test
    void refusesAnUnknownKey(Sandbox sandbox) {
        String unknown = "paybond_sk_sandbox_" + "0".repeat(32) + "_" + "0".repeat(64);

        assertRefused(TestClient.anonymous(sandbox).bearer(unknown).get("/v1/auth/principal"), "invalid_api_key");
    }

    @Test
    void refusesAKeyWhoseSecretDiffersInOneDigit(Sandbox sandbox) {
        String key = sandbox.tenant().apiKey();
        String altered = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");

        assertRefused(TestClient.anonymous(sandbox).bearer(altered).get("/v1/auth/principal"), "invalid_api_key");
    }

    @Test
    void refusesAKeyWhosePrefixNamesAnotherEnvironment(Sandbox sandbox) {
        String relabelled = sandbox.tenant().apiKey().replace("_sandbox_", "_live_");

        assertRefused(TestClient.anonymous(sandbox).bearer(relabelled).get("/v1/auth/principal"), "invalid_api_key");
    }

    @Test
    void refusesATenantHeaderOfAnotherTenant(Sandbox sandbox) {
        TestClient client = TestClient.of(sandbox)
                .with("x-tenant-id", sandbox.tenants().get(1).tenantId());

        assertRefused(client.get("/v1/auth/principal"), "tenant_mismatch");
    }

    @Test
    void refusesATokenWithAnAlteredClaim(Sandbox sandbox) {
        String token = TestClient.of(sandbox).post("/v1/auth/harbor-access", "").text("access_token");
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"operator\"", "\"admin\"");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];

        assertRefused(TestClient.anonymous(sandbox).bearer(forged).get("/v1/auth/principal"), "invalid_token");
    }

    @Test
    void refusesAnUnsignedToken(Sandbox sandbox) {
        String unsigned = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + ".e30.";

        assertRefused(TestClient.anonymous(sandbox).bearer(unsigned).get("/v1/auth/principal"), "invalid_token");
    }

    @Test
    void answersUnknownPathsLikeMissingObjects(Sandbox sandbox) {
        Answer answer = TestClient.of(sandbox).get("/v1/no/such/route");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not_found");
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
    }
}
