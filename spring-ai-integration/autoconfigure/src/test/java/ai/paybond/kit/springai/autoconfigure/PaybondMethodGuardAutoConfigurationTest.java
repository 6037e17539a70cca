package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.async.GuardContext;
import ai.paybond.kit.guard.ToolDeniedException;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.Registers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Methods of beans under interception. */
class PaybondMethodGuardAutoConfigurationTest {

    private final Registers till = new Registers();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    PaybondMethodGuardAutoConfiguration.class,
                    PaybondAutoConfiguration.class))
            .withPropertyValues("paybond.aop.enabled=true")
            .withBean(Ledger.class)
            .withBean(ConversationGuards.class, ConversationGuards::create);

    /** Declared on an interface, as a service may be. */
    public interface Payments {
        @CapabilityGuarded(name = "transfer", spendFrom = "cents", withoutEvidence = true)
        String transfer(long cents, List<String> notes);
    }

    public static class BankPayments implements Payments {
        private final Ledger ledger;

        BankPayments(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public String transfer(long cents, List<String> notes) {
            ledger.done.add("transfer " + cents + " " + notes);
            return "done";
        }
    }

    public static class Base {
        @CapabilityGuarded(name = "refund", spendFrom = "cents", withoutEvidence = true)
        public void refund(long cents) {
            throw new IllegalStateException("nothing to refund");
        }
    }

    public static class Overriding extends Base {
        @Override
        public void refund(long cents) {
            super.refund(cents);
        }
    }

    /** A tool whose method calls another guarded bean. */
    public static class Desk {
        private final Payments payments;
        private final Ledger ledger;

        Desk(Payments payments, Ledger ledger) {
            this.payments = payments;
            this.ledger = ledger;
        }

        @Tool
        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
        public String pay(long cents) {
            ledger.done.add("pay " + cents);
            return payments.transfer(7, List.of());
        }

        @Tool(name = "transfer")
        public String passOn(long cents, long really) {
            return payments.transfer(really, List.of());
        }

        @Tool
        @CapabilityGuarded(spendFrom = "cents", withoutEvidence = true)
        public String knowing(long cents, ToolContext context) {
            return "paid";
        }
    }

    static class Ledger {
        final List<String> done = new ArrayList<>();
    }

    private ToolGuard guard(ApplicationContext context) {
        return till.guard(context.getBean(ToolRegistry.class));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void guardsAMethodThatAnInterfaceDeclaresBehindEitherProxy(boolean ofClass) {
        application
                .withPropertyValues("spring.aop.proxy-target-class=" + ofClass)
                .withBean(BankPayments.class)
                .run(context -> {
                    Payments payments = context.getBean(Payments.class);
                    try (GuardContext.Scope run = GuardContext.open(guard(context))) {
                        payments.transfer(100, List.of("rent"));
                        assertThatThrownBy(() -> payments.transfer(2_000, List.of("yacht")))
                                .isInstanceOfSatisfying(ToolDeniedException.class, denied -> assertThat(
                                                denied.reason().code())
                                        .isEqualTo("budget_exceeded"));
                    }

                    assertThat(context.getBean(Ledger.class).done).containsExactly("transfer 100 [rent]");
                    assertThat(till.reservedCents()).isEqualTo(100);
                });
    }

    @Test
    void guardsAMethodThatASuperclassDeclaresAndThrowsWhatItThrows() {
        application.withBean(Overriding.class).run(context -> {
            Base base = context.getBean(Base.class);
            try (GuardContext.Scope run = GuardContext.open(guard(context))) {
                assertThatThrownBy(() -> base.refund(100))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("nothing to refund");
            }

            assertThat(till.asked()).containsExactly("refund");
        });
    }

    @Test
    void deniesOutsideOfAnyRun() {
        application.withBean(BankPayments.class).run(context -> {
            assertThatThrownBy(() -> context.getBean(Payments.class).transfer(100, List.of()))
                    .isInstanceOfSatisfying(
                            ToolDeniedException.class,
                            denied -> assertThat(denied.reason().code()).isEqualTo("guard.missing"));
            assertThat(context.getBean(Ledger.class).done).isEmpty();
        });
    }

    @Test
    void chargesAToolOnceAndWhatItCallsUnderTheSameGuard() {
        application.withBean(BankPayments.class).withBean(Desk.class).run(context -> {
            ToolCallback pay = till.guarded(named("pay", context.getBean(Desk.class)), guard(context));

            assertThat(pay.call("{\"cents\":100}")).contains("done");

            assertThat(till.asked()).containsExactly("pay", "transfer");
            assertThat(till.reservedCents()).isEqualTo(107);
        });
    }

    @Test
    void takesTheMethodBehindAToolOfItsNameForTheSameCallOnlyWithTheSameAmounts() {
        application.withBean(BankPayments.class).withBean(Desk.class).run(context -> {
            ToolCallback transfer = till.guarded(named("transfer", context.getBean(Desk.class)), guard(context));

            transfer.call("{\"cents\":100,\"really\":100}");
            assertThat(till.reservedCents()).isEqualTo(100);

            transfer.call("{\"cents\":1,\"really\":300}");
            assertThat(till.reservedCents())
                    .as("1 for the tool, 300 for the method")
                    .isEqualTo(401);
        });
    }

    @Test
    void runsAToolThatTakesAToolContextOnceAndRefusesItOtherwise() {
        application.withBean(BankPayments.class).withBean(Desk.class).run(context -> {
            Desk desk = context.getBean(Desk.class);
            ToolCallback knowing = till.guarded(named("knowing", desk), guard(context));

            assertThat(knowing.call("{\"cents\":100}", new ToolContext(Map.of("a", "b"))))
                    .contains("paid");
            assertThat(till.reservedCents()).isEqualTo(100);

            ToolContext none = new ToolContext(Map.of());
            assertThatThrownBy(() -> desk.knowing(100, none))
                    .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                            .isEqualTo("tool.parameter_type"));
        });
    }

    @Test
    void isOffByDefault() {
        application
                .withPropertyValues("paybond.aop.enabled=false")
                .withBean(Quiet.class)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("methods of beans are not intercepted"));
    }

    @Test
    void stopsTheStartWhenAMethodGoesOnAfterItReturned() {
        application.withBean(Later.class).run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("goes on after it has returned"));
    }

    @Test
    void stopsTheStartWhenAMethodCannotBeIntercepted() {
        application.withBean(Final.class).run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("cannot be intercepted"));
    }

    @Test
    void stopsTheStartForABeanThatCameReadyMadeAndIsNoProxy() {
        application
                .withInitializer(
                        context -> context.getBeanFactory().registerSingleton("bank", new BankPayments(new Ledger())))
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                                .isEqualTo("aop.not_intercepted"))
                        .hasMessageContaining("bank"));
    }

    private static ToolCallback named(String tool, Object bean) {
        return List.of(ToolCallbacks.from(bean)).stream()
                .filter(callback -> callback.getToolDefinition().name().equals(tool))
                .findFirst()
                .orElseThrow();
    }

    public static class Quiet {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
        public void pay() {}
    }

    public static class Later {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
        public CompletableFuture<String> pay() {
            return CompletableFuture.completedFuture("paid");
        }
    }

    public static class Final {
        @CapabilityGuarded(spendCents = 1, withoutEvidence = true)
        public final void pay() {}
    }
}
