package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.API_KEY;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.harbor.Policies.Strictness;
import ai.paybond.kit.harbor.PolicyValidation.Issue;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.json.JsonObject;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Gateway's word on policies: what is asked, and which answers are not believed. */
class PoliciesTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final JsonObject OVERLAY = JsonObject.parse("{\"version\":2}");
    private static final JsonObject VALID = Operation.POLICY_VALIDATE.goodReply();
    private static final JsonObject MERGED = JsonObject.parse("""
            {"effective_policy_digest":"%s","effective_policy_version":"p@abababab","effective_policy":{"version":1},
            "merge_report":{"org_policy_id":"base-1","denied_widenings":[]}}""".formatted(DIGEST));

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());
    private final Policies policies = session.policies();

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private void answer(JsonObject reply) {
        server.answer(200, reply.toJson());
    }

    private static String code(ThrowingCallable call) {
        return catchThrowableOfType(PaybondException.class, call).code();
    }

    @Test
    void asksWithTheDocumentAsItIs() {
        answer(VALID);
        policies.validateInherited(OVERLAY, Strictness.STRICT);

        RecordedRequest request = server.next();
        assertThat(request.getRequestLine())
                .isEqualTo("POST /v1/policy/validate?strict=1&resolve_inheritance=1 HTTP/1.1");
        assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer " + API_KEY);
        assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
        assertThat(request.getHeaders().get("idempotency-key")).isNull();
        assertThat(request.getBody().utf8()).isEqualTo(OVERLAY.toJson());
    }

    @Test
    void asksWithoutQueryByDefault() {
        answer(VALID);
        policies.validate(OVERLAY, Strictness.STANDARD);

        assertThat(server.next().getRequestLine()).isEqualTo("POST /v1/policy/validate HTTP/1.1");
    }

    @Test
    void keepsAnErrorAboutTheWholeDocument() {
        answer(VALID.with("valid", false).with("local_valid", false).with("errors", issues("", "schema")));

        assertThat(policies.validate(OVERLAY, Strictness.STANDARD).errors())
                .containsExactly(new Issue("schema", "", "wrong"));
    }

    private static Object issues(String path, String code) {
        return JsonObject.parse(
                        "{\"a\":[{\"path\":\"%s\",\"code\":\"%s\",\"message\":\"wrong\"}]}".formatted(path, code))
                .get("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local_valid", "remote_valid"})
    void refusesAVerdictThatContradictsItself(String half) {
        answer(VALID.with(half, false));

        assertThat(code(() -> policies.validate(OVERLAY, Strictness.STANDARD))).isEqualTo("reply.wrong_type");
    }

    @Test
    void refusesAPolicyThatIsValidInSpiteOfErrors() {
        answer(VALID.with("errors", issues("", "schema")));

        assertThat(code(() -> policies.validate(OVERLAY, Strictness.STANDARD))).isEqualTo("reply.wrong_type");
    }

    @Test
    void doesNotTakeTheTextFalseForTrue() {
        answer(VALID.with("valid", "false"));

        assertThat(code(() -> policies.validate(OVERLAY, Strictness.STANDARD))).isEqualTo("reply.wrong_type");
    }

    @Test
    void asksForTheEffectivePolicyByTheOverlay() {
        answer(MERGED);
        MergedPolicy effective = policies.effective("base-1", OVERLAY);

        RecordedRequest request = server.next();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/org-policies/base-1/effective HTTP/1.1");
        assertThat(request.getBody().utf8()).isEqualTo(OVERLAY.toJson());
        assertThat(effective.document().toJson()).isEqualTo("{\"version\":1}");
        assertThat(effective.digest()).isEqualTo(DIGEST);
    }

    @Test
    void tellsWhatTheOrganisationDenies() {
        answer(MERGED.with(
                "merge_report",
                JsonObject.builder()
                        .put("denied_widenings", issues("/tools/x", "policy.cannot_raise_spend_cap"))
                        .build()));

        assertThat(policies.effective("base-1", OVERLAY).deniedWidenings())
                .extracting(Issue::path)
                .containsExactly("/tools/x");
    }

    @Test
    void asksAgainOnlyForWhatChanged() {
        answer(JsonObject.parse(
                "{\"unchanged\":true,\"effective_policy\":{},\"effective_policy_digest\":\"%s\"}".formatted(DIGEST)));
        answer(MERGED);

        assertThat(policies.effectiveUnless(DIGEST, "base-1", OVERLAY)).isEmpty();
        assertThat(policies.effectiveUnless(DIGEST, "base-1", OVERLAY)).isPresent();
        assertThat(server.next().getRequestLine()).contains("/effective?digest=sha256");
    }

    @Test
    void refusesAnUnchangedPolicyWithAnotherDigest() {
        answer(JsonObject.parse("{\"unchanged\":true,\"effective_policy\":{},\"effective_policy_digest\":\"sha256:%s\"}"
                .formatted("cd".repeat(32))));

        assertThat(code(() -> policies.effectiveUnless(DIGEST, "base-1", OVERLAY)))
                .isEqualTo("reply.wrong_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"effective_policy_digest", "effective_policy", "merge_report"})
    void refusesAnEffectivePolicyWithout(String member) {
        answer(MERGED.without(member));

        assertThat(code(() -> policies.effective("base-1", OVERLAY))).isEqualTo("reply.missing_member");
    }

    @Test
    void refusesAnEffectivePolicyOfAnotherOrganisation() {
        answer(MERGED.with("merge_report", JsonObject.parse("{\"org_policy_id\":\"base-2\"}")));

        assertThat(code(() -> policies.effective("base-1", OVERLAY))).isEqualTo("org_policy.binding_mismatch");
    }

    @Test
    void refusesAnEffectivePolicyOfAnotherTenant() {
        answer(MERGED.with("tenant_id", "tenant-b"));

        assertThat(code(() -> policies.effective("base-1", OVERLAY))).isEqualTo("tenant.binding_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a?b", "a#b", "%2e%2e", "a b"})
    void sendsNoIdThatCouldLeaveTheAddress(String id) {
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> policies.effective(id, OVERLAY));

        assertThat(refusal.code()).isEqualTo("org_policy_id.invalid");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void sendsNoDigestOfAnotherForm() {
        assertThat(code(() -> policies.effectiveUnless("abc", "base-1", OVERLAY)))
                .isEqualTo("policy_digest.invalid");
    }
}
