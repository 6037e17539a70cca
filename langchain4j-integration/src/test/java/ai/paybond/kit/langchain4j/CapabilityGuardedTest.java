package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.io.FileNotFoundException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What annotations declare, where they are found, and what is refused at start-up. */
class CapabilityGuardedTest {
    private final FakeAuthority authority = new FakeAuthority(20_000);

    private static ToolDeclaration declared(String tool, Object... tools) {
        return GuardedTools.declarations(tools).find(tool).orElseThrow();
    }

    private static ConfigurationException faultOf(Object... tools) {
        return catchThrowableOfType(ConfigurationException.class, () -> GuardedTools.declarations(tools));
    }

    private ToolExecutor executor(String name, Object... tools) {
        return GuardedTools.of(Guards.of(authority, tools), tools).stream()
                .filter(tool -> tool.name().equals(name))
                .map(AiServiceTool::toolExecutor)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void declaresWhatTheAnnotationSays() {
        ToolDeclaration tool = declared("bookHotel", new TravelTools());

        assertThat(tool.operation()).isEqualTo("travel.book_hotel");
        assertThat(tool.isSideEffecting()).isTrue();
        assertThat(tool.hasEvidence()).isTrue();
        assertThat(declared("searchHotels", new TravelTools()).isSideEffecting())
                .isFalse();
    }

    @Test
    void takesTheToolNameForTheOperationUnlessOneIsGiven() {
        class Renamed {
            @Tool(name = "pay_now")
            @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
            void pay() {}
        }
        assertThat(declared("pay_now", new Renamed()).operation()).isEqualTo("pay_now");
    }

    @Test
    void namesEveryToolThatDeclaresNothing() {
        class Forgetful {
            @Tool
            void wireMoney() {}

            @Tool
            void closeAccount() {}
        }

        ConfigurationException fault = faultOf(new TravelTools(), new Forgetful());

        assertThat(fault.code()).isEqualTo("tool.undeclared");
        assertThat(fault).hasMessageContaining("closeAccount").hasMessageContaining("wireMoney");
        assertThat(fault.getMessage()).contains(Forgetful.class.getName()).doesNotContain("bookHotel");
    }

    static class SpendsTwice {
        @Tool
        @CapabilityGuarded(spendCents = 1, spendFrom = "cents", withoutEvidence = true)
        void pay(@P(name = "cents") long cents) {}
    }

    static class SaysNothingOfSpend {
        @Tool
        @CapabilityGuarded(withoutEvidence = true)
        void pay() {}
    }

    static class SaysNothingOfEvidence {
        @Tool
        @CapabilityGuarded(spendCents = 1)
        void pay() {}
    }

    static class ProvesAndDoesNot {
        @Tool
        @CapabilityGuarded(spendCents = 1, evidence = "status", withoutEvidence = true)
        void pay() {}
    }

    static class ReadsAndSpends {
        @Tool
        @CapabilityGuarded(readOnly = true, spendCents = 1)
        void pay() {}
    }

    static class SpendsFromNoParameter {
        @Tool
        @CapabilityGuarded(spendFrom = "order.cents", withoutEvidence = true)
        void pay(@P(name = "cents") long cents) {}
    }

    static class SharesAnOperation {
        @Tool
        @CapabilityGuarded(operation = "pay", spendCents = 1, withoutEvidence = true)
        void payCheap() {}

        @Tool
        @CapabilityGuarded(operation = "pay", spendCents = 100_000, withoutEvidence = true)
        void payDear() {}
    }

    static Stream<Object> contradictions() {
        return Stream.of(
                new SpendsTwice(),
                new SaysNothingOfSpend(),
                new SaysNothingOfEvidence(),
                new ProvesAndDoesNot(),
                new ReadsAndSpends(),
                new SpendsFromNoParameter(),
                new SharesAnOperation());
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void refusesAnAnnotationThatContradictsItself(Object tools) {
        assertThat(faultOf(tools).code()).isEqualTo("tool.declaration");
    }

    interface DeclaredOnInterface {
        @CapabilityGuarded(operation = "interface.pay", spendCents = 100, withoutEvidence = true)
        String pay();
    }

    static class ImplementsDeclared implements DeclaredOnInterface {
        @Tool
        @Override
        public String pay() {
            return "paid";
        }
    }

    static class InheritsDeclared extends ImplementsDeclared {
        @Tool
        @Override
        public String pay() {
            return "paid more";
        }
    }

    static class OverridesDeclared extends ImplementsDeclared {
        @Tool
        @CapabilityGuarded(operation = "own.pay", spendCents = 100, withoutEvidence = true)
        @Override
        public String pay() {
            return "paid";
        }
    }

    @Test
    void findsTheDeclarationOnAnInterface() {
        assertThat(declared("pay", new ImplementsDeclared()).operation()).isEqualTo("interface.pay");
        assertThat(declared("pay", new InheritsDeclared()).operation()).isEqualTo("interface.pay");
    }

    @Test
    void prefersTheDeclarationOnTheMethodItself() {
        assertThat(declared("pay", new OverridesDeclared()).operation()).isEqualTo("own.pay");
    }

    interface DeclaredDifferently {
        @CapabilityGuarded(operation = "other.pay", spendCents = 1, withoutEvidence = true)
        String pay();
    }

    static class TornBetween implements DeclaredOnInterface, DeclaredDifferently {
        @Tool
        @Override
        public String pay() {
            return "paid";
        }
    }

    @Test
    void refusesInterfacesThatDeclareOneMethodDifferently() {
        assertThat(faultOf(new TornBetween()).code()).isEqualTo("tool.declared_twice");
    }

    interface ProxiedTools {
        @Tool
        @CapabilityGuarded(operation = "proxied.pay", spendCents = 30_000, withoutEvidence = true)
        String pay();
    }

    @Test
    void guardsAJdkProxy() {
        List<String> passed = new ArrayList<>();
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ProxiedTools.class}, (self, method, arguments) -> {
                    passed.add(method.getName());
                    return "paid";
                });

        String answer = executor("pay", proxy).execute(request("c1", "pay", "{}"), null);

        assertThat(answer).contains("budget_exceeded");
        assertThat(passed).isEmpty();
    }

    @Test
    void guardsASubclassProxyAndStillCallsThroughIt() throws Exception {
        TravelTools proxy = subclassProxyOf(TravelTools.class, "$$SpringCGLIB$$0");

        String answer = executor("bookHotel", proxy)
                .execute(request("c1", "bookHotel", "{\"city\":\"Paris\",\"priceCents\":9900}"), null);

        assertThat(proxy.getClass()).isNotEqualTo(TravelTools.class);
        assertThat(answer).contains("confirmed");
        assertThat(proxy.done).containsExactly("hotel Paris 9900");
        assertThat(authority.asked.get(0).operation()).isEqualTo("travel.book_hotel");
    }

    @Test
    void guardsAProxyOfAProxy() throws Exception {
        Class<? extends TravelTools> once =
                subclassProxyOf(TravelTools.class, "$$SpringCGLIB$$1").getClass();
        TravelTools twice = subclassProxyOf(once, "$$SpringCGLIB$$2");

        assertThat(declared("bookHotel", twice).operation()).isEqualTo("travel.book_hotel");
    }

    /** Overrides every method without its annotations, under the kind of name that proxy libraries give. */
    private static <T> T subclassProxyOf(Class<T> type, String suffix) throws ReflectiveOperationException {
        return new ByteBuddy()
                .subclass(type)
                .name(TravelTools.class.getName() + suffix)
                .method(ElementMatchers.isDeclaredBy(TravelTools.class))
                .intercept(SuperMethodCall.INSTANCE)
                .make()
                .load(type.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();
    }

    static class Final {
        @Tool
        @CapabilityGuarded(readOnly = true)
        final String look() {
            return "seen";
        }
    }

    @Test
    void refusesAMethodThatAProxyCannotPassOn() throws Exception {
        Object proxy = new ByteBuddy()
                .subclass(Final.class)
                .name(Final.class.getName() + "$$SpringCGLIB$$0")
                .make()
                .load(Final.class.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();

        assertThat(faultOf(proxy).code()).isEqualTo("tool.not_proxyable");
    }

    static class Banking {
        @Tool
        @CapabilityGuarded(
                spendCents = 100,
                withoutEvidence = true,
                doubtfulFailures = IllegalStateException.class,
                cleanFailures = FileNotFoundException.class)
        String pay(@P(name = "how") String how) throws Exception {
            if (how.equals("unsure")) {
                throw new IllegalStateException("the bank hung up");
            }
            throw new FileNotFoundException("no such account");
        }
    }

    @Test
    void takesFailuresForDoubtfulOrCleanAsDeclared() {
        ToolExecutor pay = executor("pay", new Banking());

        assertThat(pay.execute(request("c1", "pay", "{\"how\":\"unsure\"}"), null))
                .contains("paybond_in_doubt");
        assertThat(authority.completed).isEmpty();
        catchThrowableOfType(
                RuntimeException.class, () -> pay.execute(request("c2", "pay", "{\"how\":\"sure\"}"), null));
        assertThat(authority.completed).containsExactly(SpendOutcome.RELEASED);
    }

    @Test
    void declaresNothingForNoObjects() {
        ToolRegistry none = GuardedTools.declarations();

        assertThat(none.declarations()).isEmpty();
    }

    static class Cautious {
        int ran;

        @Tool
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true, requiresApproval = true)
        void closeAccount() {
            ran++;
        }

        @Tool
        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true, approvalAboveCents = 100)
        void pay(@P(name = "cents") long cents) {
            ran++;
        }
    }

    @Test
    void holdsACallThatTheAnnotationWantsAPersonToApprove() {
        Cautious tools = new Cautious();

        ToolExecutionResult result =
                executor("closeAccount", tools).executeWithContext(request("c1", "closeAccount", "{}"), null);

        assertThat(result.attributes()).containsEntry(ReceiptAttributes.CODE, "approval.required");
        assertThat(result.resultText()).contains("paybond_approval_required");
        assertThat(tools.ran).isZero();
        assertThat(authority.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100,1", "101,0"})
    void holdsWhatCostsMoreThanTheAnnotationLetsPass(long cents, int runs) {
        Cautious tools = new Cautious();

        executor("pay", tools).executeWithContext(request("c1", "pay", "{\"cents\":" + cents + "}"), null);

        assertThat(tools.ran).isEqualTo(runs);
    }
}
