package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.TRAVEL;
import static ai.paybond.kit.policy.PolicyTexts.alteredPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change that allows more is seen as one; a change that allows less is not. */
class PolicyChangeTest {
    private static final Policy POLICY = Policy.parse(TRAVEL);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_deny: true | default_deny: false | DEFAULT_DENY_OFF | /default_deny",
                "max_spend_cents: 20000 | max_spend_cents: 20001 | CEILING_RAISED | /tools/travel.book_hotel/max_spend_cents",
                "evidence_preset: cost_and_completion | evidence_preset: sandbox_permissive | EVIDENCE_PRESET_CHANGED"
                        + " | /tools/travel.book_hotel/evidence_preset",
                "'max_spend_cents: 20000' | '{max_spend_cents: 20000, operation: pay}' | OPERATION_CHANGED"
                        + " | /tools/travel.book_hotel/operation",
                "max_spend_usd: 200 | max_spend_usd: 200.01 | BUDGET_RAISED | /intent/budget",
                "max_spend_usd: 200 | approvals: none | BUDGET_RAISED | /intent/budget",
                "currency: usd | currency: kwd | BUDGET_RAISED | /intent/budget",
                "cost_center: travel | cost_center: other | BUDGET_RAISED | /intent/budget",
                "'[travel.book_hotel]' | '[travel.book_hotel, search.web]' | ALLOWED_TOOLS_WIDENED | /intent/allowed_tools",
                "'[travel.book_hotel]' | '[]' | ALLOWED_TOOLS_WIDENED | /intent/allowed_tools",
                "version_seq: 3 | version_seq: 2 | POLICY_BINDING_CHANGED | /intent/policy_binding",
                "executed_tools: true | executed_tools: false | PROVIDER_EXECUTED_ALLOWED"
                        + " | /adapter/deny_provider_executed_tools",
            })
    void seesALoosening(String old, String replacement, Loosening.Kind kind, String path) {
        String plain =
                replacement.startsWith("{max") ? replacement.substring(1, replacement.length() - 1) : replacement;
        Policy after = alteredPolicy(old, plain.replace(", operation", "\n    operation"));
        assertThat(PolicyChange.between(POLICY, after).loosenings()).containsExactly(new Loosening(kind, path));
    }

    @Test
    void seesThatAPurchaseBecameReadOnly() {
        Policy after = alteredPolicy("""
                    side_effecting: true
                    max_spend_cents: 20000
                    evidence_preset: cost_and_completion
                """, "    side_effecting: false\n");
        assertKinds(after, Loosening.Kind.BECAME_READ_ONLY);
    }

    @Test
    void seesThatAToolMaySpendNow() {
        Policy after = alteredPolicy(
                "side_effecting: false", "side_effecting: true\n    evidence_preset: cost_and_completion");
        assertKinds(after, Loosening.Kind.BECAME_SIDE_EFFECTING);
    }

    @Test
    void seesToolsComeAndGo() {
        Policy renamed = alteredPolicy("search.web", "search.hotels");
        assertKinds(renamed, Loosening.Kind.TOOL_ADDED, Loosening.Kind.TOOL_REMOVED);
    }

    @Test
    void seesThatACeilingGaveWayToAnArgument() {
        Policy after = alteredPolicy("max_spend_cents: 20000", "spend_from_args: amount_cents");
        assertKinds(after, Loosening.Kind.CEILING_REMOVED, Loosening.Kind.SPEND_SOURCE_CHANGED);
    }

    @Test
    void seesThatTheIntentSectionIsGone() {
        Policy after = Policy.parse(TRAVEL.replaceFirst("(?s)intent:.*adapter:", "adapter:"));
        assertKinds(
                after,
                Loosening.Kind.BUDGET_RAISED,
                Loosening.Kind.ALLOWED_TOOLS_WIDENED,
                Loosening.Kind.POLICY_BINDING_CHANGED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_spend_cents: 20000 | max_spend_cents: 19999",
                "max_spend_usd: 200 | max_spend_usd: 199.99",
                "name: travel-agent-v1 | name: travel-agent-v2",
            })
    void takesATighteningForWhatItIs(String old, String replacement) {
        PolicyChange change = PolicyChange.between(POLICY, alteredPolicy(old, replacement));
        assertThat(change.isTightening()).isTrue();
        assertThat(change.documentChanged()).isTrue();
    }

    @Test
    void seesNoChangeInTheSamePolicy() {
        PolicyChange change = PolicyChange.between(POLICY, Policy.parse(POLICY.toYaml()));
        assertThat(change.isTightening()).isTrue();
        assertThat(change.documentChanged()).isFalse();
    }

    @Test
    void seesAChangeThatTheDigestDoesNotCover() {
        Policy after = alteredPolicy("executed_tools: true", "executed_tools: false");
        assertThat(after.digest()).isEqualTo(POLICY.digest());
        assertThat(PolicyChange.between(POLICY, after).documentChanged()).isTrue();
    }

    private static void assertKinds(Policy after, Loosening.Kind... kinds) {
        assertThat(PolicyChange.between(POLICY, after).loosenings())
                .extracting(Loosening::kind)
                .containsExactlyInAnyOrder(kinds);
    }
}
