package ai.paybond.kit.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotatedToolsTest {

    interface Shop {
        @CapabilityGuarded(name = "buy_it", operation = "shop.buy", spendFrom = "order.cents", evidence = "status")
        String buy(String order);

        @CapabilityGuarded(preset = "cost_and_completion", spendCents = 10)
        String pay();

        @CapabilityGuarded(readOnly = true)
        String look();

        String undeclared();
    }

    static final class WebShop implements Shop {
        @Override
        public String buy(String order) {
            return "";
        }

        @Override
        public String pay() {
            return "";
        }

        @Override
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
        public String look() {
            return "";
        }

        @Override
        public String undeclared() {
            return "";
        }
    }

    @Test
    void declaresWhatIsAnnotatedAndNothingElse() {
        ToolRegistry tools = AnnotatedTools.registry(Shop.class);

        assertThat(tools.declarations())
                .extracting(ToolDeclaration::toolName)
                .containsExactlyInAnyOrder("buy_it", "pay", "look");
        ToolDeclaration buy = tools.find("buy_it").orElseThrow();
        assertThat(buy.operation()).isEqualTo("shop.buy");
        assertThat(buy.hasEvidence()).isTrue();
        assertThat(tools.find("look").orElseThrow().isSideEffecting()).isFalse();
    }

    @Test
    void aClassInheritsAnnotationsAndItsOwnGoBefore() {
        ToolRegistry tools = AnnotatedTools.registry(WebShop.class);

        assertThat(tools.find("buy_it").orElseThrow().operation()).isEqualTo("shop.buy");
        assertThat(tools.find("look").orElseThrow().isSideEffecting()).isTrue();
        assertThat(tools.find("undeclared")).isEmpty();
    }

    interface Nothing {
        @CapabilityGuarded
        void pay();
    }

    interface BothSpends {
        @CapabilityGuarded(spendCents = 1, spendFrom = "cents", withoutEvidence = true)
        void pay(long cents);
    }

    interface NoProof {
        @CapabilityGuarded(spendCents = 1)
        void pay();
    }

    interface TwoProofs {
        @CapabilityGuarded(spendCents = 1, evidence = "id", preset = "cost_and_completion")
        void pay();
    }

    interface UnknownPreset {
        @CapabilityGuarded(spendCents = 1, preset = "no_such_preset")
        void pay();
    }

    interface RepeatedMember {
        @CapabilityGuarded(
                spendCents = 1,
                evidence = {"id", "id"})
        void pay();
    }

    interface IdleSpender {
        @CapabilityGuarded(readOnly = true, spendCents = 1)
        void pay();
    }

    interface IdleProof {
        @CapabilityGuarded(readOnly = true, withoutEvidence = true)
        void pay();
    }

    interface NoParameter {
        @CapabilityGuarded(spendFrom = "order.cents", withoutEvidence = true)
        void pay(long cents);
    }

    interface SharedOperation {
        @CapabilityGuarded(operation = "x", spendCents = 1, withoutEvidence = true)
        void pay();

        @CapabilityGuarded(operation = "x", spendCents = 1, withoutEvidence = true)
        void buy();
    }

    interface AskedTwice {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true, requiresApproval = true, approvalAboveCents = 5)
        void pay();
    }

    interface AskedBelowZero {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true, approvalAboveCents = -2)
        void pay();
    }

    interface AskedAboveNothing {
        @CapabilityGuarded(readOnly = true, approvalAboveCents = 5)
        void look();
    }

    static List<Arguments> contradictions() {
        return List.of(
                Arguments.of(AskedTwice.class, "has requiresApproval and approvalAboveCents"),
                Arguments.of(AskedBelowZero.class, "has a negative approvalAboveCents"),
                Arguments.of(AskedAboveNothing.class, "is readOnly, so no call costs more"),
                Arguments.of(Nothing.class, "exactly one of spendCents and spendFrom"),
                Arguments.of(BothSpends.class, "exactly one of spendCents and spendFrom"),
                Arguments.of(NoProof.class, "exactly one of evidence, preset and withoutEvidence"),
                Arguments.of(TwoProofs.class, "exactly one of evidence, preset and withoutEvidence"),
                Arguments.of(UnknownPreset.class, "no known preset"),
                Arguments.of(RepeatedMember.class, "blank or repeated"),
                Arguments.of(IdleSpender.class, "neither spends nor proves"),
                Arguments.of(IdleProof.class, "neither spends nor proves"),
                Arguments.of(NoParameter.class, "which is no parameter"),
                Arguments.of(SharedOperation.class, "share an operation"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void refusesAContradiction(Class<?> type, String what) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AnnotatedTools.registry(type))
                .withMessageContaining(what)
                .satisfies(e -> assertThat(e.code()).isEqualTo("tool.declaration"));
    }

    interface Cheap {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
        void pay();
    }

    interface Dear {
        @CapabilityGuarded(spendCents = 2, withoutEvidence = true)
        void pay();
    }

    static class Torn implements Cheap, Dear {
        @Override
        public void pay() {}
    }

    @Test
    void refusesAMethodThatInheritsTwoPrices() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AnnotatedTools.registry(Torn.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo("tool.declared_twice"));
    }
}
