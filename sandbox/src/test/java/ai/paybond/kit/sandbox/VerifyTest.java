package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.biscuitsec.biscuit.token.builder.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerifyTest {
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @Test
    void echoesTheRequestAndKeepsAnAuditRowWhenItAllows(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        Answer answer = scenario.verify(scenario.created(), OPERATION, 5_000);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().bool("allow")).hasValue(true);
        assertThat(answer.text("tenant")).isEqualTo(scenario.tenant.tenantId());
        assertThat(answer.text("intent_id")).isEqualTo(scenario.intentId);
        assertThat(answer.json().object("spend_scope").orElseThrow().string("scope_key"))
                .hasValue(scenario.intentId);
        UUID auditId = UUID.fromString(answer.text("audit_id"));
        assertThat(sandbox.records().verifications()).anySatisfy(row -> {
            assertThat(row.auditId()).isEqualTo(auditId);
            assertThat(row.allow()).isTrue();
            assertThat(row.code()).isEmpty();
            assertThat(row.spendCents()).isEqualTo(5_000);
        });
    }

    @Test
    void keepsAnAuditRowWhenItDenies(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        Answer answer = scenario.verify(scenario.created(), "travel.cancel", 100);

        assertDenied(answer, "operation_not_allowed");
        assertThat(sandbox.records().verifications()).anySatisfy(row -> {
            assertThat(row.auditId()).hasToString(answer.text("audit_id"));
            assertThat(row.code()).hasValue("operation_not_allowed");
        });
    }

    @Test
    void comparesOperationsExactly(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);

        assertDenied(scenario.verify(scenario.created(), "Travel.Book_Hotel", 100), "operation_not_allowed");
    }

    @Test
    void deniesAMissingToken(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();

        assertDenied(scenario.verify("", OPERATION, 100), "capability.missing");
    }

    @Test
    void deniesATokenThatIsNotBase64(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();

        assertDenied(scenario.verify("cap-smoke-1", OPERATION, 100), "capability.malformed");
    }

    @Test
    void deniesATokenThatIsTooLong(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();

        assertDenied(scenario.verify("A".repeat(4097), OPERATION, 100), "capability.too_large");
    }

    @Test
    void deniesAForeignSignature(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        String forged =
                sandbox.mintCapability(CapabilitySpec.of(scenario.tenant.tenantId(), scenario.intentId, FAR, OPERATION)
                        .signedByForeignKey());

        assertDenied(scenario.verify(forged, OPERATION, 100), "capability.signature_invalid");
    }

    @Test
    void deniesAnUnknownRootKeyId(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String relabelled = Tokens.withRootKeyId(scenario.created(), 2);

        assertDenied(scenario.verify(relabelled, OPERATION, 100), "capability.unknown_root_key");
    }

    @Test
    void deniesAMalleatedSignature(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String malleated = Tokens.malleate(scenario.created());

        assertDenied(scenario.verify(malleated, OPERATION, 100), "capability.signature_invalid");
    }

    @Test
    void deniesATokenOfAnotherTenant(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        String other = sandbox.mintCapability(
                CapabilitySpec.of(sandbox.tenants().get(1).tenantId(), scenario.intentId, FAR, OPERATION));

        assertDenied(scenario.verify(other, OPERATION, 100), "capability.tenant_mismatch");
    }

    @Test
    void deniesATokenOfAnotherIntent(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        String other = Scenario.in(sandbox).created();

        assertDenied(scenario.verify(other, OPERATION, 100), "capability.intent_mismatch");
    }

    @Test
    void deniesAnExpiredToken(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        String expired = sandbox.mintCapability(CapabilitySpec.of(
                scenario.tenant.tenantId(), scenario.intentId, Instant.parse("2020-01-01T00:00:00Z"), OPERATION));

        assertDenied(scenario.verify(expired, OPERATION, 100), "capability.expired");
    }

    @Test
    void deniesARevokedTokenAndWhatWasDelegatedFromIt(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String token = scenario.created();
        String delegated =
                Tokens.attenuate(token, sandbox.capabilityRootKey(), "check if request_spend_cents($s), $s <= 10");
        sandbox.revokeCapability(token);

        assertDenied(scenario.verify(token, OPERATION, 1), "capability.revoked");
        assertDenied(scenario.verify(delegated, OPERATION, 1), "capability.revoked");
    }

    @Test
    void deniesWhenTheIntentIsNotFunded(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).rail("x402_usdc_base");
        scenario.created();
        String early = sandbox.mintCapability(
                CapabilitySpec.of(scenario.tenant.tenantId(), scenario.intentId, FAR, OPERATION));

        assertDenied(scenario.verify(early, OPERATION, 100), "intent.not_funded");
    }

    @Test
    void deniesOnceEvidenceIsIn(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        String token = scenario.created();
        scenario.submit("{}");

        assertDenied(scenario.verify(token, OPERATION, 100), "intent.not_funded");
    }

    @Test
    void deniesAnOperationThatOnlyTheTokenGrants(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        String wide = sandbox.mintCapability(
                CapabilitySpec.of(scenario.tenant.tenantId(), scenario.intentId, FAR, "travel.cancel"));

        assertDenied(scenario.verify(wide, "travel.cancel", 100), "operation_not_allowed");
    }

    @Test
    void deniesMoreThanTheBudget(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox).amountCents(500);

        assertDenied(scenario.verify(scenario.created(), OPERATION, 501), "budget_exceeded");
    }

    @Test
    void deniesMoreThanTheTokensOwnBudget(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        scenario.created();
        String small =
                sandbox.mintCapability(CapabilitySpec.of(scenario.tenant.tenantId(), scenario.intentId, FAR, OPERATION)
                        .maxSpendCents(50));

        assertDenied(scenario.verify(small, OPERATION, 51), "budget_exceeded");
    }

    @Test
    void deniesANegativeSpend(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);

        assertDenied(scenario.verify(scenario.created(), OPERATION, -1), "spend.invalid");
    }

    @Test
    void deniesAnotherCurrency(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        JsonObject body =
                scenario.verifyBody(scenario.created(), OPERATION, 100).with("currency", "eur");

        assertDenied(scenario.client.post("/verify", body), "policy_mismatch");
    }

    @Test
    void keepsToADelegatedSpendLimit(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String delegated = Tokens.attenuate(
                scenario.created(), sandbox.capabilityRootKey(), "check if request_spend_cents($s), $s <= 5000");

        assertThat(scenario.verify(delegated, OPERATION, 5_000).json().bool("allow"))
                .hasValue(true);
        assertDenied(scenario.verify(delegated, OPERATION, 5_001), "capability.check_failed");
    }

    @Test
    void checksDelegatedConditionsOnArguments(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String delegated = Tokens.attenuate(
                scenario.created(), sandbox.capabilityRootKey(), "check if arg(\"stay.city\", \"Paris\")");
        JsonObject body = scenario.verifyBody(delegated, OPERATION, 10);

        assertThat(scenario.client
                        .post("/verify", body.with("arguments", JsonObject.parse("{\"stay\":{\"city\":\"Paris\"}}")))
                        .json()
                        .bool("allow"))
                .hasValue(true);
        assertDenied(
                scenario.client.post(
                        "/verify", body.with("arguments", JsonObject.parse("{\"stay\":{\"city\":\"Rome\"}}"))),
                "capability.check_failed");
        assertDenied(scenario.client.post("/verify", body), "capability.check_failed");
    }

    @Test
    void isNotFooledByAMemberNamedLikeAPath(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String delegated = Tokens.attenuate(
                scenario.created(), sandbox.capabilityRootKey(), "check if arg(\"stay.city\", \"Paris\")");
        JsonObject decoy = JsonObject.parse("{\"stay.city\":\"Paris\",\"stay\":{\"city\":\"Rome\"}}");
        JsonObject body = scenario.verifyBody(delegated, OPERATION, 10).with("arguments", decoy);

        assertDenied(scenario.client.post("/verify", body), "capability.check_failed");
    }

    @Test
    void seesNumbersByValueAndArrayItemsByPosition(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String delegated = Tokens.attenuate(
                scenario.created(),
                sandbox.capabilityRootKey(),
                "check if arg(\"items[1].count\", $n), arg(\"rate\", \"0.5\"), $n <= 3");
        JsonObject body = scenario.verifyBody(delegated, OPERATION, 10);

        assertThat(scenario.client
                        .post(
                                "/verify",
                                body.with(
                                        "arguments",
                                        JsonObject.parse("{\"items\":[{},{\"count\":3.0}],\"rate\":0.5,\"x\":null}")))
                        .json()
                        .bool("allow"))
                .hasValue(true);
        assertDenied(
                scenario.client.post(
                        "/verify",
                        body.with("arguments", JsonObject.parse("{\"items\":[{},{\"count\":4}],\"rate\":0.5}"))),
                "capability.check_failed");
    }

    @Test
    void refusesUnequalInChecks(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String unequal = Tokens.attenuate(
                scenario.created(), sandbox.capabilityRootKey(), "check if arg(\"dry\", $d), $d != true");

        assertDenied(scenario.verify(unequal, OPERATION, 10), "capability.unsupported");
    }

    @Test
    void deniesTooManyArguments(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        JsonObject.Builder arguments = JsonObject.builder();
        for (int i = 0; i < 65; i++) {
            arguments.put("a" + i, i);
        }
        JsonObject body = scenario.verifyBody(scenario.created(), OPERATION, 10).with("arguments", arguments.build());

        assertDenied(scenario.client.post("/verify", body), "capability.arguments_unbounded");
    }

    @Test
    void refusesABlockThatAddsFacts(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String widened = Tokens.attenuate(
                scenario.created(), sandbox.capabilityRootKey(), new Block().add_fact("operation(\"travel.cancel\")"));

        assertDenied(scenario.verify(widened, OPERATION, 10), "capability.unsupported");
    }

    @Test
    void refusesABlockThatAddsRules(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String looping = Tokens.attenuate(
                scenario.created(), sandbox.capabilityRootKey(), new Block().add_rule("tenant($t) <- intent($t)"));

        assertDenied(scenario.verify(looping, OPERATION, 10), "capability.unsupported");
    }

    @Test
    void refusesRegularExpressions(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String regex = Tokens.attenuate(
                scenario.created(),
                sandbox.capabilityRootKey(),
                "check if request_operation($o), $o.matches(\"(a{1,1000}){1,1000}\")");

        assertDenied(scenario.verify(regex, OPERATION, 10), "capability.unsupported");
    }

    @Test
    void refusesChecksThatWouldTakeLong(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String join = Tokens.attenuate(
                scenario.created(),
                sandbox.capabilityRootKey(),
                "check if arg($a, $b), arg($c, $d), arg($e, $f), $a == $c, $c == $e");

        assertDenied(scenario.verify(join, OPERATION, 10), "capability.limit_exceeded");
    }

    @Test
    void refusesLongDelegationChains(Sandbox sandbox) throws Exception {
        Scenario scenario = Scenario.in(sandbox);
        String token = scenario.created();
        for (int i = 0; i < 9; i++) {
            token = Tokens.attenuate(token, sandbox.capabilityRootKey(), "check if true");
        }

        assertDenied(scenario.verify(token, OPERATION, 10), "capability.limit_exceeded");
    }

    @Test
    void acceptsAnIntentIdInUpperCaseAndEchoesIt(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        String upper = scenario.intentId.toUpperCase(Locale.ROOT);
        JsonObject body = scenario.verifyBody(scenario.created(), OPERATION, 10).with("intent_id", upper);
        Answer answer = scenario.client.post("/verify", body);

        assertThat(answer.json().bool("allow")).hasValue(true);
        assertThat(answer.text("intent_id")).isEqualTo(upper);
    }

    @Test
    void ignoresUnknownMembers(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        JsonObject body = scenario.verifyBody(scenario.created(), OPERATION, 10);

        for (Map.Entry<String, Object> extra : Map.<String, Object>of("vendor_id", "v-1", "model_family", "m", "x", 1)
                .entrySet()) {
            body = body.with(extra.getKey(), extra.getValue());
        }
        assertThat(scenario.client.post("/verify", body).json().bool("allow")).hasValue(true);
    }

    @Test
    void refusesASpendThatIsNotAWholeNumber(Sandbox sandbox) {
        Scenario scenario = Scenario.in(sandbox);
        JsonObject body = scenario.verifyBody(scenario.created(), OPERATION, 10).with("requested_spend_cents", "10");
        Answer answer = scenario.client.post("/verify", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    private static void assertDenied(Answer answer, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().bool("allow")).hasValue(false);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("tenant")).isNotEmpty();
        assertThat(answer.text("intent_id")).isNotEmpty();
    }
}
