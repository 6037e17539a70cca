package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.TRAVEL;
import static ai.paybond.kit.policy.PolicyTexts.altered;
import static ai.paybond.kit.policy.PolicyTexts.alteredPolicy;
import static ai.paybond.kit.policy.PolicyTexts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy may say, and what it then means. */
class PolicySchemaTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("paybond.root", ".."), "wire/src/test/resources/vectors/policy-digest.json");

    @Test
    void readsEverySection() {
        Policy policy = Policy.parse(TRAVEL);
        assertThat(policy.name()).isEqualTo("travel-agent-v1");
        assertThat(policy.defaultDeny()).isTrue();
        assertThat(policy.tools()).extracting(PolicyTool::name).containsExactly("travel.book_hotel", "search.web");
        assertThat(policy.tool("travel.book_hotel").orElseThrow().maxSpendCents())
                .isEqualTo(20_000);
        assertThat(policy.tool("travel.book_hotel").orElseThrow().operation()).isEqualTo("travel.book_hotel");
        assertThat(policy.allowedTools()).containsExactly("travel.book_hotel");
        assertThat(policy.budget().orElseThrow().string("cost_center")).contains("travel");
        assertThat(policy.policyBinding().orElseThrow().integer("version_seq")).contains(3L);
        assertThat(policy.versionLabel()).matches("travel-agent-v1@[0-9a-f]{8}");
        assertThat(policy).hasToString("Policy[" + policy.versionLabel() + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1 | version: 3 | policy.version_unsupported | /version",
                "version: 1 | version: '1' | policy.version_unsupported | /version",
                "version: 1 | # no version | policy.missing_key | /version",
                "name: travel-agent-v1 | name: Travel | policy.invalid_value | /name",
                "name: travel-agent-v1 | name: 7 | policy.wrong_type | /name",
                "name: travel-agent-v1 | # no name | policy.missing_key | /name",
                "default_deny: true | # unset | policy.missing_key | /default_deny",
                "default_deny: true | default_deny: yes | policy.wrong_type | /default_deny",
                "default_deny: true | default_deny: false | policy.default_deny_required | /default_deny",
                "search.web: | searchWeb: | policy.invalid_value | /tools/searchWeb",
                "'side_effecting: false' | '{}' | policy.missing_key | /tools/search.web/side_effecting",
                "'side_effecting: false' | 'aliases: [a]' | policy.unknown_key | /tools/search.web/aliases",
                "adapter: | extends: | policy.unknown_key | /extends",
                "deny_provider_executed_tools: true | '{}' | policy.invalid_value | /adapter",
                "template_id: completion_budget_v1 | x: 1 | policy.unknown_key | /intent/policy_binding/x",
                "version_seq: 3 | head_digest: 'sha256:00' | policy.invalid_value | /intent/policy_binding/head_digest",
                "currency: usd | currency: USD | policy.invalid_value | /intent/budget/currency",
                "max_spend_usd: 200 | max_spend_usd: -1 | policy.invalid_value | /intent/budget/max_spend_usd",
                "cost_center: travel | '\"10\": 1' | policy.not_canonical | /intent/budget/10",
                "'[travel.book_hotel]' | travel.book_hotel | policy.wrong_type | /intent/allowed_tools",
                "'[travel.book_hotel]' | '[7]' | policy.invalid_value | /intent/allowed_tools",
            })
    void refusesADeviationFromTheSchema(String old, String replacement, String code, String path) {
        PolicyException refused = refusal(altered(old, replacement));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.path()).isEqualTo(path);
        assertThat(refused.line()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evidence_preset: cost_and_completion | operation: x | policy.missing_evidence_preset",
                "evidence_preset: cost_and_completion | evidence_preset: hearsay | policy.unknown_evidence_preset",
                "max_spend_cents: 20000 | vendor_pack: hearsay | policy.unknown_vendor_pack",
                "max_spend_cents: 20000 | vendor_pack: cost_and_completion | policy.invalid_vendor_pack",
                "max_spend_cents: 20000 | vendor_pack: stripe_charge | policy.invalid_vendor_pack",
                "max_spend_cents: 20000 | operation: search.web | policy.duplicate_operation",
                "'[travel.book_hotel]' | '[travel.book_train]' | policy.allowed_tool_not_registered",
                "'side_effecting: false' | '{side_effecting: false, max_spend_cents: 1}' | policy.read_only_conflict",
                "max_spend_cents: 20000 | spend_from_args: a..b | policy.invalid_value",
                "max_spend_cents: 20000 | operation: ' ' | policy.invalid_value",
            })
    void refusesWhatMeansNothingOrTooMuch(String old, String replacement, String code) {
        String text = altered(old, replacement).replace("search.web:\n    {", "search.web: {");
        assertThat(refusal(text).code()).isEqualTo(code);
    }

    @Test
    void refusesTwoSourcesOfOnePrice() {
        String both = altered("max_spend_cents: 20000", "max_spend_cents: 20000\n    spend_from_args: amount_cents");
        assertThat(refusal(both).code()).isEqualTo("policy.conflicting_spend_fields");
    }

    @Test
    void refusesAnEmptyListOfTools() {
        assertThat(refusal("version: 1\nname: a\ndefault_deny: true\ntools: {}\n")
                        .code())
                .isEqualTo("policy.invalid_value");
    }

    @Test
    void readsAnOpenDefaultOnlyWhenToldAndStillDenies() {
        Policy open = alteredPolicy("default_deny: true", "default_deny: false");
        assertThat(open.defaultDeny()).isFalse();
        assertThat(open.registry(ToolBindings.builder().reserveCeilings().build())
                        .find("wire_money_everywhere"))
                .isEmpty();
    }

    @Test
    void strictlyRefusesAPurchaseThatTheIntentDoesNotAllow() {
        String text = altered("[travel.book_hotel]", "[search.web]");
        assertThat(Policy.parse(text).allowedTools()).containsExactly("search.web");
        PolicyException refused = catchThrowableOfType(
                PolicyException.class, () -> PolicyParser.standard().strict().parse(text));
        assertThat(refused.code()).isEqualTo("policy.side_effecting_not_allowed");
    }

    @Test
    void refusesATemplateThatIsNotAmongTheKnownOnes() {
        PolicyParser parser = PolicyParser.standard().knowingTemplates(List.of("api_response_v1"));
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> parser.parse(TRAVEL));
        assertThat(refused.code()).isEqualTo("policy.unknown_policy_template");
        assertThat(refused.path()).isEqualTo("/intent/policy_binding/template_id");
        assertThat(PolicyParser.standard()
                        .knowingTemplates(List.of("completion_budget_v1"))
                        .parse(TRAVEL))
                .isEqualTo(Policy.parse(TRAVEL));
    }

    @Test
    void namesAtMostFiftyIssues() {
        StringBuilder text = new StringBuilder(TRAVEL);
        for (int i = 0; i < 2000; i++) {
            text.append("k").append(i).append(": 1\n");
        }
        assertThat(refusal(text.toString()).issues()).hasSize(50);
    }

    @Test
    void computesThePublishedDigestsOfPublishedDocuments() throws IOException {
        JsonObject file = JsonObject.parse(Files.readString(VECTORS));
        PolicyParser parser = PolicyParser.standard().acceptingOpenDefault();
        var documents = file.array("vectors")
                .orElseThrow()
                .objectItems()
                .filter(vector -> !vector.string("name").orElseThrow().startsWith("full"))
                .toList();
        assertThat(documents).hasSizeGreaterThanOrEqualTo(5).allSatisfy(vector -> {
            Policy policy = parser.parse(vector.string("document_json").orElseThrow());
            assertThat(policy.digest()).isEqualTo(vector.string("digest").orElseThrow());
            assertThat(policy.versionLabel())
                    .isEqualTo(vector.string("version_label").orElseThrow());
            assertThat(parser.parse(policy.toYaml()).digest()).isEqualTo(policy.digest());
        });
    }

    @Test
    void doesNotCoverTheAdapterSectionByTheDigest() {
        Policy policy = Policy.parse(TRAVEL);
        Policy relaxed = alteredPolicy("executed_tools: true", "executed_tools: false");
        assertThat(relaxed.digest()).isEqualTo(policy.digest());
        assertThat(relaxed).isNotEqualTo(policy);
        assertThat(policy.deniesProviderExecutedTools()).isTrue();
        assertThat(relaxed.deniesProviderExecutedTools()).isFalse();
    }

    @Test
    void refusesADocumentInMemoryWithoutAPlace() {
        JsonObject document = Policy.parse(TRAVEL).document().with("name", JsonValue.of(null));
        PolicyException refused = catchThrowableOfType(
                PolicyException.class, () -> PolicyParser.standard().of(document));
        assertThat(refused.line()).isZero();
        assertThat(refused).hasMessage("policy.wrong_type: /name: is not text");
    }
}
