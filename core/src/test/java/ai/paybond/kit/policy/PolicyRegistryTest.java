package ai.paybond.kit.policy;

import static ai.paybond.kit.policy.PolicyTexts.TRAVEL;
import static ai.paybond.kit.policy.PolicyTexts.altered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** What a guard makes of a policy. */
class PolicyRegistryTest {
    private static final String INTENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
    private static final String HOTEL = "travel.book_hotel";
    private static final Policy POLICY = Policy.parse(TRAVEL);
    private static final Policy BY_ARGUMENT =
            Policy.parse(altered("max_spend_cents: 20000", "spend_from_args: price.total_cents"));

    @Test
    void declaresEveryToolUnderTheNameThatTheAgentUses() {
        ToolRegistry tools =
                POLICY.registry(priced(1).hostName(HOTEL, "bookHotel").build());
        ToolDeclaration booking = tools.find("bookHotel").orElseThrow();
        assertThat(booking.operation()).isEqualTo(HOTEL);
        assertThat(booking.isSideEffecting()).isTrue();
        assertThat(booking.hasEvidence()).isTrue();
        assertThat(tools.find(HOTEL)).isEmpty();
        assertThat(tools.find("book_hotel")).isEmpty();
        assertThat(tools.find("search.web").orElseThrow().isSideEffecting()).isFalse();
    }

    @Test
    void neverGuessesThatAJavaNameMeansATool() {
        assertThat(denial(POLICY.registry(priced(1).build()), "bookHotel", "{}"))
                .isEqualTo("tool.undeclared");
    }

    @Test
    void keepsTheOperationOfThePolicyApartFromTheName() {
        Policy policy = Policy.parse(altered("    max_spend_cents", "    operation: book\n    max_spend_cents"));
        ToolRegistry tools =
                policy.registry(priced(1).hostName(HOTEL, "bookHotel").build());
        assertThat(tools.find("bookHotel").orElseThrow().operation()).isEqualTo("book");
    }

    @ParameterizedTest
    @CsvSource({"19999,", "20000,", "20001,spend.invalid", "-1,spend.invalid"})
    void deniesAPriceOverTheCeiling(long cents, String code) {
        assertThat(denial(POLICY.registry(bound(call -> cents).build()), HOTEL, "{}"))
                .isEqualTo(code);
    }

    @Test
    void takesTheLowerOfTwoCeilings() {
        assertThat(denial(POLICY.registry(priced(501).ceiling(HOTEL, 500).build()), HOTEL, "{}"))
                .isEqualTo("spend.invalid");
        assertThat(denial(POLICY.registry(priced(20_001).ceiling(HOTEL, 90_000).build()), HOTEL, "{}"))
                .isEqualTo("spend.invalid");
    }

    @Test
    void refusesToTakeTheCeilingForThePriceUnlessTold() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(POLICY::registry)
                .satisfies(e -> assertThat(e.code()).isEqualTo("policy.spend_unset"))
                .satisfies(e -> assertThat(e.path()).isEqualTo("/tools/travel.book_hotel"));
        ToolBindings reserved = ToolBindings.builder().reserveCeilings().build();
        assertThat(denial(POLICY.registry(reserved), HOTEL, "{}")).isNull();
        ToolBindings lower =
                ToolBindings.builder().reserveCeilings().ceiling(HOTEL, 5).build();
        assertThat(denial(POLICY.registry(lower), HOTEL, "{}")).isNull();
    }

    @Test
    void takesAnUnsetCeilingForZero() {
        Policy policy = Policy.parse(altered("    max_spend_cents: 20000\n", ""));
        assertThat(denial(policy.registry(), HOTEL, "{}")).isNull();
        assertThat(denial(policy.registry(priced(1).build()), HOTEL, "{}")).isEqualTo("spend.invalid");
        assertThat(denial(policy.registry(priced(0).build()), HOTEL, "{}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"price\":{}}",
                "{\"price\":7}",
                "{\"price\":{\"total_cents\":\"7\"}}",
                "{\"price\":{\"total_cents\":-5}}",
                "{\"price\":{\"total_cents\":1.5}}",
                "{\"price\":{\"total_cents\":null}}",
                "{\"price.total_cents\":7}"
            })
    void deniesACallWithoutThePriceThatThePolicyPointsAt(String arguments) {
        assertThat(denial(BY_ARGUMENT.registry(), HOTEL, arguments)).isEqualTo("spend.invalid");
    }

    @Test
    void readsThePriceFromTheArgumentsUnderACeilingOfJava() {
        String arguments = "{\"price\":{\"total_cents\":4200}}";
        assertThat(denial(BY_ARGUMENT.registry(), HOTEL, arguments)).isNull();
        ToolBindings capped = ToolBindings.builder().ceiling(HOTEL, 4199).build();
        assertThat(denial(BY_ARGUMENT.registry(capped), HOTEL, arguments)).isEqualTo("spend.invalid");
    }

    @Test
    void refusesASecondSourceOfAPrice() {
        assertRefused(BY_ARGUMENT, priced(1).build());
    }

    @Test
    void refusesBindingsOfToolsThatThePolicyDoesNotHave() {
        assertRefused(
                POLICY, priced(1).hostName("travel.book_train", "bookTrain").build());
        assertRefused(POLICY, priced(1).ceiling("travel.book_train", 1).build());
        assertRefused(POLICY, priced(1).spend("bookHotel", SpendRule.none()).build());
    }

    @Test
    void refusesPurchasesOfAReadOnlyTool() {
        assertRefused(POLICY, priced(1).spend("search.web", SpendRule.fixed(1)).build());
        assertRefused(
                POLICY,
                priced(1).evidence("search.web", EvidenceMapper.members("a")).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"search.web", " "})
    void refusesAHostNameThatIsBlankOrAnotherToolsName(String hostName) {
        assertRefused(POLICY, priced(1).hostName(HOTEL, hostName).build());
    }

    @Test
    void refusesOneHostNameForTwoTools() {
        assertRefused(
                POLICY,
                priced(1).hostName(HOTEL, "tool").hostName("search.web", "tool").build());
    }

    @Test
    void refusesToBindATwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> priced(1).spend(HOTEL, SpendRule.none()));
        assertThatIllegalArgumentException().isThrownBy(() -> priced(1).ceiling(HOTEL, -1));
    }

    @Test
    void takesNamePriceAndApprovalFromWhatTheCodeDeclares() {
        ToolBindings bindings = ToolBindings.builder()
                .declared(
                        HOTEL,
                        ToolDeclaration.builder("bookHotel")
                                .spend(SpendRule.argument("cents"))
                                .approvalAboveCents(100)
                                .withoutEvidence()
                                .build())
                .build();

        ToolRegistry tools = POLICY.registry(bindings);

        assertThat(denial(tools, "bookHotel", "{\"cents\":100}")).isNull();
        assertThat(denial(tools, "bookHotel", "{\"cents\":101}")).isEqualTo("approval.required");
        assertThat(denial(tools, "bookHotel", "{\"cents\":20001}")).isEqualTo("spend.invalid");
        assertThat(tools.find("bookHotel").orElseThrow().hasEvidence()).isTrue();
    }

    @Test
    void refusesAToolReadOnlyThatTheCodeDeclaresSideEffecting() {
        ToolDeclaration declared =
                ToolDeclaration.builder("search.web").withoutEvidence().build();

        assertRefused(POLICY, priced(1).declared("search.web", declared).build());
    }

    @Test
    void leavesAPriceUnsetThatTheCodeDoesNotNameEither() {
        ToolDeclaration declared =
                ToolDeclaration.builder("bookHotel").withoutEvidence().build();
        ToolBindings bindings = ToolBindings.builder().declared(HOTEL, declared).build();

        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> POLICY.registry(bindings))
                .satisfies(e -> assertThat(e.code()).isEqualTo("policy.spend_unset"));
    }

    private static void assertRefused(Policy policy, ToolBindings bindings) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> policy.registry(bindings))
                .satisfies(e -> assertThat(e.code()).isEqualTo("policy.binding_invalid"));
    }

    private static ToolBindings.Builder priced(long cents) {
        return bound(SpendRule.fixed(cents));
    }

    private static ToolBindings.Builder bound(SpendRule rule) {
        return ToolBindings.builder().spend(HOTEL, rule);
    }

    /** The code of the denial or of what waits; null when the call is allowed. */
    private static String denial(ToolRegistry tools, String tool, String arguments) {
        ToolGuard guard = ToolGuard.builder(
                        new CapabilityBinding(INTENT, CapabilityToken.of("x"), "usd"),
                        tools,
                        Mockito.mock(ToolAuthority.class),
                        CapabilityVerifier.remoteOnly(),
                        "tenant-a")
                .managedEvidence()
                .build();
        Decision decision = guard.preview(ToolCall.of(tool, "call-1", JsonObject.parse(arguments)));
        if (decision instanceof Decision.ApprovalRequired waits) {
            return waits.reason().code();
        }
        return decision instanceof Decision.Denied denied ? denied.reason().code() : null;
    }
}
