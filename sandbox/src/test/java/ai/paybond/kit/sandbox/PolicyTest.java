package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Managed policies: versions and heads, validation of files, and organisations' policies. */
class PolicyTest {
    private static final String VERSIONS = "/harbor/policy/v1/versions";
    private static final String ORGANISATION = "/v1/org-policies/base-1";
    private static final String POLICY = """
            {"version": 1, "name": "travel", "default_deny": true,
             "tools": {"travel.book": {"side_effecting": true, "max_spend_cents": 500, "evidence_preset": "cost_and_completion"},
                       "travel.search": {"side_effecting": false}},
             "intent": {"allowed_tools": ["travel.book"], "budget": {"currency": "usd", "max_spend_usd": 10}}}
            """;

    @RegisterExtension
    final SandboxExtension extension = new SandboxExtension();

    private TestClient client;
    private TestClient admin;
    private TestClient birch;

    @BeforeEach
    void clients(Sandbox sandbox) {
        client = TestClient.of(sandbox);
        admin = TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(sandbox.tenant(), "tenant.admin"));
        birch = TestClient.of(sandbox, sandbox.tenants().get(1));
    }

    @Test
    void publishesEveryTemplateWithItsDefaults() {
        JsonObject versions = versions(client, "api_response_v1");

        assertThat(versions.integer("current_head_seq")).hasValue(1L);
        assertThat(versions.array("versions").orElseThrow().items()).hasSize(1);
        assertThat(client.get(VERSIONS + "?template_id=nothing").code()).isEqualTo("validation_error");
    }

    @Test
    void makesAVersionTheHeadOnceItIsPublished() {
        Answer draft = draft("{\"template_id\":\"api_response_v1\",\"parameters\":{\"expected_http_status\":201}}");
        assertThat(draft.status()).isEqualTo(201);
        assertThat(draft.text("status")).isEqualTo("draft");
        assertThat(versions(client, "api_response_v1").integer("current_head_seq"))
                .hasValue(1L);

        assertThat(admin.post(VERSIONS + "/api_response_v1/2/publish", "{}").text("status"))
                .isEqualTo("published");
        assertThat(versions(client, "api_response_v1").integer("current_head_seq"))
                .hasValue(2L);
        assertThat(versions(birch, "api_response_v1").integer("current_head_seq"))
                .hasValue(1L);
    }

    @Test
    void neverGoesBackToAnEarlierVersion() {
        draft("{\"template_id\":\"true_v1\"}");
        admin.post(VERSIONS + "/true_v1/2/publish", "{}");

        assertThat(admin.post(VERSIONS + "/true_v1/1/publish", "{}").code()).isEqualTo("policy.version.superseded");
        assertThat(admin.post(VERSIONS + "/true_v1/9/publish", "{}").status()).isEqualTo(404);
        assertThat(admin.post(VERSIONS + "/nothing/1/publish", "{}").status()).isEqualTo(404);
    }

    @Test
    void previewsWithoutKeepingAnything() {
        Answer preview = admin.post("/harbor/policy/v1/preview", "{\"template_id\":\"true_v1\"}");
        assertThat(preview.json().object("predicate_dsl").orElseThrow().toJson())
                .isEqualTo("{\"version\":1,\"root\":{\"op\":\"true\"}}");
        assertThat(draft("{\"template_id\":\"true_v1\",\"parameters\":{\"x\":1}}")
                        .code())
                .isEqualTo("validation_error");
    }

    @Test
    void letsOnlyAdministratorsWrite() {
        assertThat(client.post(VERSIONS, "{\"template_id\":\"true_v1\"}").status())
                .isEqualTo(403);
        assertThat(client.post("/harbor/policy/v1/preview", "{}").status()).isEqualTo(403);
        assertThat(client.post(VERSIONS + "/true_v1/1/publish", "{}").status()).isEqualTo(403);
        assertThat(client.send("PUT", ORGANISATION, POLICY).status()).isEqualTo(403);
    }

    @Test
    void findsAPolicyValid() {
        JsonObject answer = client.post("/v1/policy/validate?strict=1", POLICY).json();

        assertThat(answer.bool("valid")).hasValue(true);
        assertThat(answer.string("policy_name")).hasValue("travel");
        assertThat(answer.string("effective_policy_digest").orElseThrow()).startsWith("sha256:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cost_and_completion\"|\"nothing\"|policy.unknown_evidence_preset",
                "\"evidence_preset\"|\"operation\"|policy.missing_evidence_preset",
                "[\"travel.book\"]|[\"travel.pay\"]|policy.allowed_tool_not_registered",
                "[\"travel.book\"]|[\"travel.search\"]|policy.side_effecting_not_allowed",
                "\"max_spend_cents\": 500|\"max_spend_cents\": 500, \"spend_from_args\": \"x\"|policy.conflicting_spend_fields",
                "\"travel\"|\"Travel!\"|schema"
            })
    void namesWhatIsWrongWithAPolicy(String right, String wrong, String code) {
        JsonObject answer = client.post("/v1/policy/validate?strict=1", POLICY.replace(right, wrong))
                .json();

        assertThat(answer.bool("valid")).hasValue(false);
        assertThat(codes(answer, "errors")).contains(code);
    }

    @Test
    void comparesABindingWithThePublishedHead() {
        String head = versions(client, "true_v1")
                .array("versions")
                .orElseThrow()
                .objectItems()
                .findFirst()
                .flatMap(version -> version.string("head_digest"))
                .orElseThrow();

        assertThat(bound("true_v1", head).bool("remote_valid")).hasValue(true);
        JsonObject stale = bound("true_v1", "sha256:" + "0".repeat(64));
        assertThat(stale.bool("remote_valid")).hasValue(false);
        assertThat(codes(stale, "errors")).containsExactly("template_head_mismatch");
        assertThat(bound("nothing", head).bool("valid")).hasValue(false);
    }

    @Test
    void mergesAnOverlayThatTightens() {
        admin.send("PUT", ORGANISATION, POLICY);
        JsonObject answer = effective("{\"tools\":{\"travel.book\":{\"max_spend_cents\":100}},"
                + "\"intent\":{\"budget\":{\"currency\":\"usd\",\"max_spend_usd\":5}}}");

        assertThat(codes(answer.object("merge_report").orElseThrow(), "denied_widenings"))
                .isEmpty();
        assertThat(answer.object("effective_policy").orElseThrow().toJson())
                .contains("\"max_spend_cents\":100")
                .contains("\"max_spend_usd\":5");
        String digest = answer.string("effective_policy_digest").orElseThrow();
        assertThat(client.post(
                                ORGANISATION + "/effective?digest=" + digest,
                                overlay("{\"tools\":{\"travel.book\":{\"max_spend_cents\":100}},"
                                        + "\"intent\":{\"budget\":{\"currency\":\"usd\",\"max_spend_usd\":5}}}"))
                        .json()
                        .bool("unchanged"))
                .hasValue(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tools\":{\"travel.book\":{\"max_spend_cents\":501}}}|policy.cannot_raise_spend_cap",
                "{\"tools\":{\"travel.book\":{\"side_effecting\":false}}}|policy.cannot_disable_org_side_effecting_tool",
                "{\"tools\":{\"travel.book\":{\"spend_from_args\":\"x\"}}}|policy.cannot_override_org_spend_mode",
                "{\"tools\":{\"travel.pay\":{\"max_spend_cents\":1}}}|policy.unknown_org_tool_override",
                "{\"intent\":{\"allowed_tools\":[\"travel.book\",\"travel.pay\"]}}|policy.cannot_widen_allowed_tools",
                "{\"intent\":{\"budget\":{\"max_spend_usd\":11}}}|policy.cannot_raise_budget_cap"
            })
    void leavesOutAndNamesWhatWouldWiden(String overrides, String code) {
        admin.send("PUT", ORGANISATION, POLICY);
        JsonObject answer = effective(overrides);

        assertThat(codes(answer.object("merge_report").orElseThrow(), "denied_widenings"))
                .containsExactly(code);
        JsonObject validated = client.post("/v1/policy/validate?resolve_inheritance=1", overlay(overrides))
                .json();
        assertThat(codes(validated, "errors")).contains(code);
    }

    @Test
    void keepsOrganisationsPoliciesToTheirTenant() {
        assertThat(admin.send("PUT", ORGANISATION, POLICY).json().integer("base_version_seq"))
                .hasValue(1L);

        assertThat(birch.get(ORGANISATION).status()).isEqualTo(404);
        assertThat(birch.post(ORGANISATION + "/effective", "{}").status()).isEqualTo(404);
        assertThat(admin.send("PUT", ORGANISATION, "{}").code()).isEqualTo("validation_error");
        assertThat(admin.send("PUT", ORGANISATION, POLICY).json().integer("base_version_seq"))
                .hasValue(2L);
    }

    private JsonObject effective(String overrides) {
        return client.post(ORGANISATION + "/effective", overlay(overrides)).json();
    }

    private static String overlay(String overrides) {
        return "{\"version\":2,\"name\":\"team\",\"default_deny\":true,\"tools\":{},"
                + "\"extends\":{\"org_policy_id\":\"base-1\",\"org_id\":\"org_acme\"},\"overrides\":" + overrides + "}";
    }

    private JsonObject bound(String template, String digest) {
        String binding =
                "{\"policy_binding\":{\"template_id\":\"" + template + "\",\"head_digest\":\"" + digest + "\"},";
        return client.post("/v1/policy/validate", POLICY.replace("\"intent\": {", "\"intent\": " + binding))
                .json();
    }

    private Answer draft(String body) {
        return admin.post(VERSIONS, body);
    }

    private static JsonObject versions(TestClient client, String template) {
        return client.get(VERSIONS + "?template_id=" + template).json();
    }

    private static List<String> codes(JsonObject answer, String member) {
        return answer.array(member)
                .orElseThrow()
                .objectItems()
                .map(issue -> issue.string("code").orElse(""))
                .toList();
    }
}
