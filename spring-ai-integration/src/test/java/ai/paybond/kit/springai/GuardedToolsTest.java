package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.framework.ProxyFactory;

class GuardedToolsTest {

    @Test
    void declaresUnderToolNameAndOperation() {
        ToolRegistry tools = GuardedTools.registry(new HotelTools());

        assertThat(tools.find("book")).map(ToolDeclaration::operation).contains("travel.book_hotel");
        assertThat(tools.find("brochure")).map(ToolDeclaration::operation).contains("brochure");
    }

    @Test
    void leavesOutAToolWithoutTheAnnotation() {
        assertThat(GuardedTools.registry(new HotelTools()).find("undeclared")).isEmpty();
        assertThat(GuardedTools.toolNames(HotelTools.class)).contains("undeclared", "book");
    }

    @Test
    void readsEffectsAndEvidence() {
        ToolRegistry tools = GuardedTools.registry(new Declared());

        assertThat(tools.find("pay")).get().satisfies(pay -> {
            assertThat(pay.isSideEffecting()).isTrue();
            assertThat(pay.hasEvidence()).isTrue();
        });
        assertThat(tools.find("look_up")).get().satisfies(lookUp -> {
            assertThat(lookUp.isSideEffecting()).isFalse();
            assertThat(lookUp.hasEvidence()).isFalse();
        });
    }

    @Test
    void looksThroughAProxyOfTheToolsClass() {
        ProxyFactory factory = new ProxyFactory(new HotelTools());
        factory.setProxyTargetClass(true);

        assertThat(GuardedTools.registry(factory.getProxy()).find("book")).isPresent();
    }

    @ParameterizedTest
    @MethodSource
    void refusesAContradiction(Class<?> toolClass, String message) {
        assertThatThrownBy(() -> GuardedTools.declarations(toolClass))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("tool.declaration"))
                .hasMessageContaining(toolClass.getName() + ".tool")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> refusesAContradiction() {
        return Stream.of(
                Arguments.of(NoTool.class, "without @Tool"),
                Arguments.of(NoSpend.class, "exactly one of spendCents and spendFrom"),
                Arguments.of(TwoSpends.class, "exactly one of spendCents and spendFrom"),
                Arguments.of(NoProof.class, "exactly one of evidence, preset and withoutEvidence"),
                Arguments.of(TwoProofs.class, "exactly one of evidence, preset and withoutEvidence"),
                Arguments.of(FreeSpender.class, "neither spends nor proves"),
                Arguments.of(IdleProof.class, "neither spends nor proves"),
                Arguments.of(NoParameter.class, "reads spend from price.cents, which is no parameter"));
    }

    static class Declared {
        @Tool
        @CapabilityGuarded(
                spendFrom = "cents",
                evidence = {"payment_id"},
                cleanFailures = IllegalStateException.class)
        public String pay(long cents) {
            return "{\"payment_id\":\"p1\"}";
        }

        @Tool(name = "look_up")
        @CapabilityGuarded(readOnly = true)
        public String lookUp() {
            return "found";
        }
    }

    static class NoTool {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
        public void tool() {}
    }

    static class NoSpend {
        @Tool
        @CapabilityGuarded
        public void tool() {}
    }

    static class TwoSpends {
        @Tool
        @CapabilityGuarded(spendCents = 1, spendFrom = "cents", withoutEvidence = true)
        public void tool(long cents) {}
    }

    static class NoProof {
        @Tool
        @CapabilityGuarded(spendCents = 0)
        public void tool() {}
    }

    static class TwoProofs {
        @Tool
        @CapabilityGuarded(spendCents = 0, evidence = "id", withoutEvidence = true)
        public void tool() {}
    }

    static class FreeSpender {
        @Tool
        @CapabilityGuarded(readOnly = true, spendCents = 1)
        public void tool() {}
    }

    static class IdleProof {
        @Tool
        @CapabilityGuarded(readOnly = true, evidence = "id")
        public void tool() {}
    }

    static class NoParameter {
        @Tool
        @CapabilityGuarded(spendFrom = "price.cents", withoutEvidence = true)
        public void tool(long cents) {}
    }
}
