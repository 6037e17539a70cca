package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one tenant can learn or do about another's things: nothing. */
class TenancyTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final Scenario acme = Scenario.in(sandbox);
    private final TestClient birch = TestClient.of(sandbox, sandbox.tenants().get(1));

    @ParameterizedTest
    @ValueSource(strings = {"fund", "evidence", "settlement/confirm"})
    void answersForAnothersIntentAsForNone(String action) {
        acme.created();

        Answer anothers = birch.post("/intents/" + acme.intentId + "/" + action, "{}");
        Answer missing = birch.post("/intents/" + UUID.randomUUID() + "/" + action, "{}");
        assertThat(anothers.status()).isEqualTo(404);
        assertThat(withoutRequestId(anothers)).isEqualTo(withoutRequestId(missing));
    }

    @Test
    void showsAnothersIntentToNobody() {
        acme.created();

        Answer anothers = birch.get("/operator/v1/intents/" + acme.intentId);
        Answer missing = birch.get("/operator/v1/intents/" + UUID.randomUUID());
        assertThat(anothers.status()).isEqualTo(404);
        assertThat(withoutRequestId(anothers)).isEqualTo(withoutRequestId(missing));
        assertThat(birch.get("/operator/v1/intents").body()).doesNotContain(acme.intentId);
    }

    @Test
    void verifiesAnothersIntentAsNone() {
        acme.created();
        String own = sandbox.mintCapability(CapabilitySpec.of(
                sandbox.tenants().get(1).tenantId(), acme.intentId, Instant.parse("2099-01-01T00:00:00Z"), OPERATION));

        assertThat(birch.post("/verify", acme.verifyBody(own, OPERATION, 1)).status())
                .isEqualTo(404);
    }

    @Test
    void deniesAStolenCapability() {
        String stolen = acme.created();

        assertThat(birch.post("/verify", acme.verifyBody(stolen, OPERATION, 1)).text("code"))
                .isEqualTo("capability.tenant_mismatch");
    }

    @Test
    void completesNobodyElsesDecision() {
        String decision = acme.verify(acme.created(), OPERATION, 1).text("decision_id");

        assertThat(birch.post("/v1/spend/decisions/" + decision + "/complete", "{\"outcome\":\"consumed\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void letsTwoTenantsUseTheSameIntentId() {
        acme.created();
        Scenario twin = Scenario.in(sandbox, sandbox.tenants().get(1));
        JsonObject body = acme.createBody();

        assertThat(twin.client.post("/intents", body).code()).isEqualTo("intent.signature.invalid");
        assertThat(twin.create().status()).isEqualTo(201);
    }

    @Test
    void readsOnlyItsOwnLedger() {
        acme.created();

        assertThat(birch.get("/ledger/v1/events?limit=256").body()).doesNotContain(acme.intentId);
        assertThat(birch.get("/ledger/v1/tip").text("tenant_id"))
                .isEqualTo(sandbox.tenants().get(1).tenantId());
    }

    @Test
    void refusesABodyThatNamesAnotherTenant() {
        JsonObject body =
                acme.createBody().with("tenant_id", sandbox.tenants().get(1).tenantId());

        Answer answer = acme.client.post("/intents", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    @Test
    void refusesATenantHeaderThatContradictsTheToken() {
        String access = acme.client.post("/v1/auth/harbor-access", "").text("access_token");
        TestClient client = TestClient.anonymous(sandbox)
                .bearer(access)
                .with("x-tenant-id", sandbox.tenants().get(1).tenantId());

        assertThat(client.get("/ledger/v1/tip").status()).isEqualTo(401);
    }

    private static JsonObject withoutRequestId(Answer answer) {
        return answer.json().without("request_id");
    }
}
