package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.springai.autoconfigure.journal.PaybondJournalAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.sandbox.PaybondSandboxAutoConfiguration;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** What becomes of a session's threads and of what it owes while the context starts, stops and starts again. */
class SessionLifeTest {

    private static final JsonObject RESULT = JsonObject.of(Map.of("status", "completed", "cost_cents", 100));

    private final Sandbox sandbox = Sandbox.start();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    PaybondAutoConfiguration.class,
                    PaybondSandboxAutoConfiguration.class,
                    PaybondJournalAutoConfiguration.class))
            .withPropertyValues("paybond.sandbox.enabled=true", "paybond.journal.type=memory")
            .withBean("sandbox", Sandbox.class, () -> sandbox, bean -> bean.setDestroyMethodName(""))
            .withBean(Booking.class);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private String owing(ConfigurableApplicationContext context) {
        sandbox.faults()
                .onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(503).retryAfterSeconds(0))
                .times(3);
        ToolGuard guard = context.getBean(FallbackGuard.class).guard();
        assertThat(guard).isNotNull();
        guard.call(ToolCall.of("book", "call-1", JsonObject.of(Map.of())), running -> RESULT);
        assertThat(sandbox.records().evidence(guard.binding().intentId())).isEmpty();
        return guard.binding().intentId();
    }

    @Test
    void deliversWhatIsOwedWhenTheContextStopsAndGoesOnWhenItStartsAgain() {
        ApplicationContextRunner drainsOnly = application
                .withPropertyValues("paybond.drain-timeout=30s")
                .withBean(PaybondOptionsCustomizer.class, () -> options -> options.backgroundDelivery(false));
        drainsOnly.run(context -> {
            ConfigurableApplicationContext running = context.getSourceApplicationContext();
            String intent = owing(running);

            running.stop();
            assertThat(sandbox.records().evidence(intent)).hasSize(1);

            running.start();
            String another = owing(running);
            running.stop();
            assertThat(sandbox.records().evidence(another)).hasSize(1);
        });
    }

    @Test
    void deliversAfterTheWebServerHasFinishedItsRequests() {
        application.run(context ->
                assertThat(context.getBean(DeliveryLifecycle.class).getPhase()).isLessThan(Integer.MAX_VALUE - 2048));
    }

    @Test
    void leavesNoWorkerBehindWhenAnApplicationIsRestarted() {
        int before = workers().size();
        application.run(context -> assertThat(workers().size()).isGreaterThan(before));
        assertThat(workers()).hasSize(before);

        int[] once = new int[1];
        application.run(context -> once[0] = workers().size());
        application.run(context -> assertThat(workers()).hasSize(once[0]));
        assertThat(workers()).hasSize(before);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void deliversOnVirtualThreadsWhereTheApplicationUsesThem() {
        application.withPropertyValues("spring.threads.virtual.enabled=true").run(context -> {
            assertThat(isVirtual(context.getBean(PaybondOptions.class))).isTrue();
            assertThat(workers()).as("platform threads").isEmpty();
        });
    }

    @Test
    void deliversOnPlatformThreadsOtherwise() {
        application.run(context -> {
            Thread made =
                    context.getBean(PaybondOptions.class).deliveryThreads().newThread(() -> {});
            assertThat(made.getThreadGroup().getName()).isNotEqualTo("VirtualThreads");
        });
    }

    /** {@code Thread.isVirtual} is not in Java 17. */
    private static boolean isVirtual(PaybondOptions options) {
        Thread made = options.deliveryThreads().newThread(() -> {});
        return made.getThreadGroup() != null && made.getThreadGroup().getName().equals("VirtualThreads");
    }

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("paybond-(delivery|journal)-.*"))
                .filter(Thread::isAlive)
                .toList();
    }

    static class Booking {
        @Tool
        @CapabilityGuarded(
                operation = "travel.book",
                spendCents = 100,
                evidence = {"status", "cost_cents"})
        public String book() {
            return "booked";
        }
    }
}
