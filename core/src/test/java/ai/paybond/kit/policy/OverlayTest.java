package ai.paybond.kit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant's overlay adds tools and tightens the organisation's; every attempt to widen is refused at its place. */
class OverlayTest {
    static final String BASE = """
            version: 1
            name: acme-base
            default_deny: true
            tools:
              travel.book_hotel:
                side_effecting: true
                max_spend_cents: 20000
                evidence_preset: cost_and_completion
              travel.book_train:
                side_effecting: true
                spend_from_args: price_cents
                evidence_preset: cost_and_completion
              search.web:
                side_effecting: false
            intent:
              policy_binding:
                template_id: completion_budget_v1
                version_seq: 3
                head_digest: sha256:%s
              budget:
                currency: usd
                max_spend_usd: 200
                cost_center: travel
              allowed_tools: [travel.book_hotel, travel.book_train]
            """.formatted("ab".repeat(32));

    static final String OVERLAY = """
            version: 2
            name: acme-paris
            default_deny: true
            extends:
              org_policy_id: travel-base
              org_id: org_acme
              base_policy: base.yaml
            tools:
              paris.book_metro:
                side_effecting: true
                max_spend_cents: 400
                evidence_preset: cost_and_completion
            overrides:
              tools:
                travel.book_hotel:
                  max_spend_cents: 15000
              intent:
                budget:
                  max_spend_usd: 150
            """;

    @TempDir
    private Path directory;

    private Path base;

    @BeforeEach
    void writeBase() throws IOException {
        base = Files.writeString(directory.resolve("base.yaml"), BASE);
    }

    @Test
    void mergesWithItsBase() throws IOException {
        Policy policy = Policy.parse(overlay(OVERLAY));

        assertThat(policy.name()).isEqualTo("acme-paris");
        assertThat(policy.document().integer("version")).contains(1L);
        assertThat(policy.tools())
                .extracting(PolicyTool::name)
                .containsExactly("travel.book_hotel", "travel.book_train", "search.web", "paris.book_metro");
        assertThat(policy.tool("travel.book_hotel").orElseThrow().maxSpendCents())
                .isEqualTo(15_000);
        assertThat(policy.budget().orElseThrow().toJson())
                .isEqualTo("{\"currency\":\"usd\",\"max_spend_usd\":150,\"cost_center\":\"travel\"}");
        assertThat(policy.digest()).isEqualTo(Policy.parse(policy.toYaml()).digest());
        assertThat(policy.origin()).isEqualTo(PolicyOrigin.EFFECTIVE);
        assertThat(policy.inheritance())
                .contains(new PolicyInheritance(
                        "travel-base",
                        "org_acme",
                        Policy.parse(base).digest(),
                        List.of("/tools/travel.book_hotel/max_spend_cents")));
        assertThat(policy.with(Guardrail.defaultDeny()).inheritance()).isEqualTo(policy.inheritance());
    }

    @Test
    void isNeverLooserThanItsBaseButForItsOwnTools() throws IOException {
        Policy policy = Policy.parse(overlay(OVERLAY));
        assertThat(PolicyChange.between(Policy.parse(base), policy).loosenings())
                .containsExactly(new Loosening(Loosening.Kind.TOOL_ADDED, "/tools/paris.book_metro"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "travel.book_tram: {max_spend_cents: 1} | policy.unknown_org_tool_override | travel.book_tram",
                "travel.book_hotel: {operation: pay} | policy.cannot_replace_org_tool | travel.book_hotel/operation",
                "travel.book_hotel: {side_effecting: false} | policy.cannot_disable_org_side_effecting_tool"
                        + " | travel.book_hotel/side_effecting",
                "travel.book_hotel: {max_spend_cents: 20001} | policy.cannot_raise_spend_cap"
                        + " | travel.book_hotel/max_spend_cents",
                "search.web: {side_effecting: true, evidence_preset: cost_and_completion, max_spend_cents: 1}"
                        + " | policy.cannot_raise_spend_cap | search.web/max_spend_cents",
                "travel.book_hotel: {spend_from_args: price} | policy.cannot_override_org_spend_mode"
                        + " | travel.book_hotel/spend_from_args",
                "travel.book_train: {spend_from_args: other} | policy.cannot_override_org_spend_mode"
                        + " | travel.book_train/spend_from_args",
                "travel.book_train: {max_spend_cents: 5} | policy.cannot_override_org_spend_mode"
                        + " | travel.book_train/max_spend_cents",
                "'travel.book_train: {max_spend_cents: 5, spend_from_args: price_cents}'"
                        + " | policy.conflicting_spend_fields | travel.book_train/spend_from_args",
                "travel.book_hotel: {evidence_preset: sandbox_permissive} | policy.evidence_preset_not_org_approved"
                        + " | travel.book_hotel/evidence_preset",
            })
    void refusesToWidenAToolOfTheBase(String override, String code, String path) throws IOException {
        PolicyException refused =
                refusal(OVERLAY.replace("travel.book_hotel:\n      max_spend_cents: 15000", override));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.path()).isEqualTo("/overrides/tools/" + path);
        assertThat(refused.line()).isEqualTo(15);
        assertThat(refused.column()).isGreaterThan(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy_binding: {template_id: api_response_v1} | policy.cannot_change_org_template",
                "policy_binding: {version_seq: 2} | policy.cannot_downgrade_template_version",
                "policy_binding: {head_digest: 'sha256:" + ZEROS + "'} | policy.cannot_change_org_head_digest",
                "budget: {max_spend_usd: 200.01} | policy.cannot_raise_budget_cap",
                "budget: {currency: kwd} | policy.cannot_raise_budget_cap",
                "budget: {cost_center: other} | policy.cannot_raise_budget_cap",
                "budget: {approvals: none} | policy.cannot_raise_budget_cap",
                "allowed_tools: [search.web] | policy.cannot_widen_allowed_tools",
                "'allowed_tools: [travel.book_hotel, paris.book_metro]' | policy.cannot_widen_allowed_tools",
            })
    void refusesToWidenTheIntentOfTheBase(String override, String code) throws IOException {
        PolicyException refused = refusal(OVERLAY.replace("budget:\n      max_spend_usd: 150", override));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.path()).startsWith("/overrides/intent/");
        assertThat(refused.line()).isEqualTo(18);
    }

    private static final String ZEROS = "0000000000000000000000000000000000000000000000000000000000000000";

    @Test
    void refusesToDeclareAToolOfTheBaseAnew() throws IOException {
        PolicyException refused = refusal(OVERLAY.replace("paris.book_metro", "travel.book_train"));
        assertThat(refused.code()).isEqualTo("policy.cannot_replace_org_tool");
        assertThat(refused.path()).isEqualTo("/tools/travel.book_train");
    }

    @Test
    void refusesToTakeTheOperationOfATool() throws IOException {
        String text = OVERLAY.replace("max_spend_cents: 400", "operation: travel.book_hotel");
        assertThat(refusal(text).code()).isEqualTo("policy.duplicate_operation");
    }

    @Test
    void refusesToLetTheProviderRunTools() throws IOException {
        String adapter = "adapter: {deny_provider_executed_tools: false}\n";
        assertThat(refusal(OVERLAY + adapter).code()).isEqualTo("policy.cannot_relax_provider_executed_deny");
        assertThat(refusal(OVERLAY + "  " + adapter).path())
                .isEqualTo("/overrides/adapter/deny_provider_executed_tools");
    }

    @Test
    void intersectsWhatBothAllow() throws IOException {
        Policy both =
                Policy.parse(overlay(OVERLAY + "intent: {allowed_tools: [paris.book_metro, travel.book_train]}\n"));
        assertThat(both.allowedTools()).containsExactly("travel.book_train");
    }

    @Test
    void neverTurnsAnEmptyIntersectionIntoNoRestriction() throws IOException {
        PolicyException refused = refusal(OVERLAY + "intent: {allowed_tools: [paris.book_metro]}\n");
        assertThat(refused.code()).isEqualTo("policy.cannot_widen_allowed_tools");
        assertThat(refused.path()).isEqualTo("/intent/allowed_tools");
    }

    @Test
    void closesAnOpenBase() throws IOException {
        Files.writeString(base, BASE.replace("default_deny: true", "default_deny: false"));
        assertThat(Policy.parse(overlay(OVERLAY)).defaultDeny()).isTrue();
        Policy overridden = Policy.parse(overlay(OVERLAY.replace("default_deny: true", "default_deny: false")
                .replace("overrides:\n", "overrides:\n  default_deny: true\n")));
        assertThat(overridden.defaultDeny()).isTrue();
        assertThat(refusal(OVERLAY.replace("default_deny: true", "default_deny: false"))
                        .code())
                .isEqualTo("policy.default_deny_required");
    }

    @Test
    void namesThePlaceOfWhatOnlyTheWholeMakesInvalid() throws IOException {
        PolicyException refused = refusal(OVERLAY.replace(
                "travel.book_hotel:\n      max_spend_cents: 15000", "search.web: {side_effecting: true}"));
        assertThat(refused.code()).isEqualTo("policy.missing_evidence_preset");
        assertThat(refused.path()).isEqualTo("/tools/search.web/evidence_preset");
        assertThat(refused.line()).isEqualTo(15);
    }

    @Test
    void namesEveryWidening() throws IOException {
        PolicyException refused =
                refusal(OVERLAY.replace("15000", "25000").replace("max_spend_usd: 150", "max_spend_usd: 250"));
        assertThat(refused.issues())
                .extracting(PolicyIssue::code)
                .containsExactlyInAnyOrder("policy.cannot_raise_spend_cap", "policy.cannot_raise_budget_cap");
    }

    @Test
    void usesOnlyApprovedEvidenceWhereAListSaysSo() throws IOException {
        Path file = overlay(OVERLAY.replace("max_spend_cents: 15000", "evidence_preset: api_response_ok"));
        PolicyParser parser = PolicyParser.standard();
        assertThat(parser.approvingEvidence(Set.of("api_response_ok", "cost_and_completion"))
                        .parse(file)
                        .tool("travel.book_hotel")
                        .orElseThrow()
                        .evidencePreset())
                .isEqualTo("api_response_ok");
        PolicyException refused =
                catchThrowableOfType(PolicyException.class, () -> parser.approvingEvidence(Set.of("api_response_ok"))
                        .parse(file));
        assertThat(refused.code()).isEqualTo("policy.evidence_preset_not_org_approved");
        assertThat(refused.path()).isEqualTo("/tools/paris.book_metro/evidence_preset");
    }

    private Path overlay(String text) throws IOException {
        return Files.writeString(directory.resolve("paybond.policy.yaml"), text);
    }

    private PolicyException refusal(String text) throws IOException {
        Path file = overlay(text);
        return catchThrowableOfType(PolicyException.class, () -> Policy.parse(file));
    }
}
