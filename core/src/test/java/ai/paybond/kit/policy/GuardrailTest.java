package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.TRAVEL;
import static ai.paybond.kit.policy.PolicyTexts.altered;
import static ai.paybond.kit.policy.PolicyTexts.alteredPolicy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guardrail leaves a valid policy that allows no more than before. */
class GuardrailTest {
    private static final Policy POLICY = Policy.parse(TRAVEL);

    static Stream<Guardrail> applicable() {
        return Stream.of(
                Guardrail.defaultDeny(),
                Guardrail.requireEvidence(),
                Guardrail.strict(),
                Guardrail.maxSpendCents(0),
                Guardrail.maxSpendCents(150),
                Guardrail.maxSpendCents(1L << 52));
    }

    @ParameterizedTest
    @MethodSource("applicable")
    void neverLoosens(Guardrail guardrail) {
        Policy tightened = POLICY.with(guardrail);
        assertThat(PolicyChange.between(POLICY, tightened).loosenings()).isEmpty();
        assertThat(tightened.with(guardrail)).isEqualTo(tightened);
    }

    @Test
    void closesAnOpenDefault() {
        Policy open = alteredPolicy("default_deny: true", "default_deny: false");
        assertThat(open.with(Guardrail.defaultDeny())).isEqualTo(POLICY);
    }

    @Test
    void keepsReadOnlyToolsAlone() {
        Policy looking = POLICY.with(Guardrail.readOnly());
        assertThat(looking.tools()).extracting(PolicyTool::name).containsExactly("search.web");
        assertThat(looking.allowedTools()).isEmpty();
        assertThat(looking.registry().declarations()).noneMatch(tool -> tool.isSideEffecting());
        assertThat(POLICY.with(Guardrail.readOnlySearch()).tools()).hasSize(1);
    }

    @Test
    void refusesToLeaveNoToolOver() {
        assertRefused("policy.guardrail_leaves_nothing", PolicyPreset.STRICT.policy(), Guardrail.readOnly());
        Policy lists = Policy.parse(altered("search.web", "list.web"));
        assertRefused("policy.guardrail_leaves_nothing", lists, Guardrail.readOnlySearch());
    }

    @Test
    void lowersCeilingAndBudgetAlike() {
        Policy capped = POLICY.with(Guardrail.maxSpendCents(1250));
        assertThat(capped.tool("travel.book_hotel").orElseThrow().maxSpendCents())
                .isEqualTo(1250);
        assertThat(capped.budget().orElseThrow().toJson())
                .isEqualTo("{\"currency\":\"usd\",\"max_spend_usd\":12.5,\"cost_center\":\"travel\"}");
        assertThat(capped.with(Guardrail.maxSpendCents(5000))).isEqualTo(capped);
    }

    @Test
    void keepsAToolWithoutACeilingAtNothing() {
        Policy unset = Policy.parse(altered("    max_spend_cents: 20000\n", ""));
        assertThat(unset.with(Guardrail.maxSpendCents(500))
                        .tool("travel.book_hotel")
                        .orElseThrow()
                        .maxSpendCents())
                .isZero();
    }

    @Test
    void refusesACeilingWhereTheFileCannotHaveOne() {
        Policy byArgument = Policy.parse(altered("max_spend_cents: 20000", "spend_from_args: amount_cents"));
        assertRefused("policy.conflicting_spend_fields", byArgument, Guardrail.strict());
    }

    @Test
    void refusesEvidenceThatProvesNothing() {
        Policy permissive = Policy.parse(altered("cost_and_completion", "sandbox_permissive"));
        assertRefused("policy.missing_evidence_preset", permissive, Guardrail.requireEvidence());
        assertRefused("policy.missing_evidence_preset", permissive, Guardrail.strict());
    }

    @ParameterizedTest
    @CsvSource({"max-spend:12.5,1250", "max-spend-usd:12,1200", "max-spend-cents:1250,1250", "max-spend:0.01,1"})
    void readsAmounts(String text, long cents) {
        assertThat(Guardrail.parse(text).name()).isEqualTo("max-spend-cents:" + cents);
    }

    @ParameterizedTest
    @CsvSource({
        "max_spend_usd_200,max-spend-cents:20000",
        "max_spend_12.5,max-spend-cents:1250",
        "max_spend_cents_7,max-spend-cents:7",
        "read_only_search,read-only-search",
        "require_evidence,require-evidence",
    })
    void readsTheNamesOfManifests(String text, String name) {
        assertThat(Guardrail.parse(text)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit-only", "allow-dry-run", "audit_only"})
    void refusesGuardrailsThatWouldGuardNothing(String text) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Guardrail.parse(text))
                .withMessageContaining("guards nothing")
                .satisfies(e -> assertThat(e.code()).isEqualTo("policy.guardrail_unknown"));
    }

    @Test
    void takesTheLowerOfSeveralLimits() {
        Policy capped = POLICY.with(Guardrail.parse("max-spend-usd:50"), Guardrail.parse("max_spend_cents_300"));
        assertThat(capped).isEqualTo(POLICY.with(Guardrail.maxSpendCents(300), Guardrail.maxSpendCents(5000)));
        assertThat(capped.tool("travel.book_hotel").orElseThrow().maxSpendCents())
                .isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default-deny", "read-only", "read-only-search", "require-evidence", "strict"})
    void readsNames(String text) {
        assertThat(Guardrail.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Strict",
                "max_spend_usd_",
                "max_spend_eur_5",
                "max_spend_usd_1.234",
                "max_spend_cents_1.5",
                "max-spend",
                "max-spend:",
                "max-spend:-1",
                "max-spend:1.234",
                "max-spend:1e3",
                "max-spend-cents:1.5",
                "max-spend-cents:9999999999999999",
                "max-spend:٣",
                "strict:1"
            })
    void refusesAnyOtherText(String text) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Guardrail.parse(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo("policy.guardrail_unknown"));
    }

    @ParameterizedTest
    @EnumSource(PolicyPreset.class)
    void presetsAreStrictlyValidClosedAndReadBack(PolicyPreset preset) {
        Policy policy = preset.policy();
        assertThat(PolicyParser.standard().strict().parse(policy.toYaml())).isEqualTo(policy);
        assertThat(policy.defaultDeny()).isTrue();
        assertThat(PolicyPreset.ofId(preset.id())).isEqualTo(preset);
        ToolBindings reserved = ToolBindings.builder().reserveCeilings().build();
        assertThat(policy.registry(reserved).declarations()).hasSameSizeAs(policy.tools());
    }

    @Test
    void presetsHaveThePublishedNames() {
        assertThat(PolicyPreset.values())
                .extracting(PolicyPreset::id)
                .containsExactly("travel", "shopping", "saas", "aws", "stripe-commerce", "strict", "read-only");
        assertThat(PolicyPreset.STRICT.policy())
                .isEqualTo(PolicyPreset.STRICT.policy().with(Guardrail.strict()));
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> PolicyPreset.ofId("TRAVEL"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("policy.unknown_preset"))
                .withMessageContaining("stripe-commerce");
    }

    private static void assertRefused(String code, Policy policy, Guardrail guardrail) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> policy.with(guardrail))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
