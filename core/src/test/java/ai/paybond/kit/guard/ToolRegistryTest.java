package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.wire.ed25519.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Declarations and guards that leave something open cannot be built. */
class ToolRegistryTest {
    private static final PayeeIdentity PAYEE =
            new PayeeIdentity("did:web:hotel.example", SigningKey.fromSeedHex("11".repeat(32)));

    @Test
    void findsADeclaredToolByItsExactName() {
        ToolRegistry tools = ToolRegistry.of(declared("bookHotel").build());
        assertThat(tools.find("bookHotel")).isPresent();
        assertThat(tools.find("bookhotel")).isEmpty();
        assertThat(tools.find("")).isEmpty();
    }

    @Test
    void namesTheOperationAfterTheToolUnlessTold() {
        assertThat(declared("bookHotel").build().operation()).isEqualTo("bookHotel");
        assertThat(declared("bookHotel").operation("travel.book").build().operation())
                .isEqualTo("travel.book");
    }

    @Test
    void takesAToolForSideEffectingUnlessTold() {
        assertThat(declared("bookHotel").build().isSideEffecting()).isTrue();
        assertThat(ToolDeclaration.builder("search").readOnly().build().isSideEffecting())
                .isFalse();
    }

    @Test
    void refusesTwoToolsOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolRegistry.of(
                        declared("a").operation("x").build(),
                        declared("a").operation("y").build()))
                .withMessageContaining("twice");
    }

    @Test
    void refusesTwoToolsOfOneOperation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolRegistry.of(
                        declared("a").build(), declared("b").operation("a").build()))
                .withMessageContaining("share an operation");
    }

    @Test
    void refusesASideEffectingToolThatProvesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDeclaration.builder("bookHotel").build())
                .withMessageContaining("withoutEvidence");
    }

    @Test
    void refusesAReadOnlyToolThatCostsOrProves() {
        assertThatIllegalArgumentException().isThrownBy(() -> ToolDeclaration.builder("search")
                .readOnly()
                .spend(SpendRule.fixed(1))
                .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared("search").readOnly().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void refusesBlankNames(String blank) {
        assertThatIllegalArgumentException().isThrownBy(() -> ToolDeclaration.builder(blank));
        assertThatIllegalArgumentException().isThrownBy(() -> declared("a").operation(blank));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", "a..b", " "})
    void refusesSpendPathsWithoutNames(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> SpendRule.argument(path));
    }

    @Test
    void refusesANegativeFixedSpend() {
        assertThatIllegalArgumentException().isThrownBy(() -> SpendRule.fixed(-1));
    }

    @Test
    void readsASpendFromANestedArgument() {
        ToolCall call = ToolCall.parse("pay", null, "{\"payment\":{\"amount_cents\":1250}}");
        assertThat(SpendRule.argument("payment.amount_cents").cents(call)).isEqualTo(1250);
        assertThat(SpendRule.none().cents(call)).isZero();
        assertThat(SpendRule.fixed(7).cents(call)).isEqualTo(7);
    }

    @Test
    void refusesAGuardWithoutAPayee() {
        assertConfiguration(
                "guard.payee", () -> guard(GuardFixture.INTENT, "tenant-a").build());
    }

    @Test
    void refusesAGuardWithTwoSigners() {
        assertConfiguration("guard.payee", () -> guard(GuardFixture.INTENT, "tenant-a")
                .payee(PAYEE)
                .managedEvidence()
                .build());
    }

    @Test
    void refusesAGuardWithoutATenant() {
        assertConfiguration(
                "guard.tenant",
                () -> guard(GuardFixture.INTENT, " ").payee(PAYEE).build());
    }

    @Test
    void refusesToSignForAnIntentWithoutAUuid() {
        assertConfiguration(
                "guard.intent", () -> guard("intent-1", "tenant-a").payee(PAYEE).build());
    }

    @Test
    void refusesANegativeNumberOfResults() {
        assertConfiguration("guard.results", () -> guard(GuardFixture.INTENT, "tenant-a")
                .payee(PAYEE)
                .rememberedResults(-1)
                .build());
    }

    @Test
    void refusesABindingWithoutIntentOrCurrency() {
        CapabilityToken token = CapabilityToken.of("x");
        assertThatIllegalArgumentException().isThrownBy(() -> new CapabilityBinding(" ", token, "usd"));
        assertThatIllegalArgumentException().isThrownBy(() -> new CapabilityBinding(GuardFixture.INTENT, token, ""));
    }

    @Test
    void knowsAnIntentInEitherCase() {
        CapabilityBinding upper = new CapabilityBinding(
                GuardFixture.INTENT.toUpperCase(java.util.Locale.ROOT), CapabilityToken.of("x"), "USD");
        assertThat(upper.intentId()).isEqualTo(GuardFixture.INTENT);
        assertThat(upper.currency()).isEqualTo("usd");
    }

    private static ToolDeclaration.Builder declared(String name) {
        return ToolDeclaration.builder(name).evidence(EvidenceMapper.members("status"));
    }

    private static ToolGuardBuilder guard(String intentId, String tenantId) {
        return ToolGuard.builder(
                new CapabilityBinding(intentId, CapabilityToken.of("x"), "usd"),
                ToolRegistry.of(declared("bookHotel").build()),
                new RecordingAuthority(),
                CapabilityVerifier.remoteOnly(),
                tenantId);
    }

    private static void assertConfiguration(String code, Runnable build) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(build::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
