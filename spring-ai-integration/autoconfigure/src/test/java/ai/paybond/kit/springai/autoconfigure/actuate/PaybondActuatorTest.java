package ai.paybond.kit.springai.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.autoconfigure.FallbackGuard;
import ai.paybond.kit.springai.autoconfigure.OpenSession;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.actuate.PaybondEndpoint.Action;
import ai.paybond.kit.springai.autoconfigure.journal.PaybondJournalAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.sandbox.PaybondSandboxAutoConfiguration;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Health and endpoint of an application in the sandbox. */
class PaybondActuatorTest {

    private static final JsonObject RESULT = JsonObject.of(Map.of("status", "completed", "cost_cents", 100));
    private static final String EVIDENCE = RESULT.toJson();

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    PaybondAutoConfiguration.class,
                    PaybondSandboxAutoConfiguration.class,
                    PaybondJournalAutoConfiguration.class,
                    PaybondHealthAutoConfiguration.class,
                    PaybondEndpointAutoConfiguration.class,
                    EndpointAutoConfiguration.class,
                    WebEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "paybond.sandbox.enabled=true",
                    "paybond.journal.type=memory",
                    "management.endpoints.web.exposure.include=*")
            .withInitializer(
                    context -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
            .withBean(Booking.class);

    private static Health health(ApplicationContext context) {
        Health health =
                context.getBean("paybondHealthIndicator", HealthIndicator.class).health(true);
        assertThat(health).isNotNull();
        return health;
    }

    private static PaybondEndpoint endpoint(ApplicationContext context) {
        return context.getBean(PaybondEndpoint.class);
    }

    private static String inDoubt(ApplicationContext context) {
        return run(context, true);
    }

    /** Refused for good, and so parked. */
    private static String parked(ApplicationContext context) {
        context.getBean(Sandbox.class).faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(422));
        return run(context, false);
    }

    private static String run(ApplicationContext context, boolean fails) {
        ToolGuard guard = context.getBean(FallbackGuard.class).guard();
        assertThat(guard).isNotNull();
        guard.call(ToolCall.of("book", "call-1", JsonObject.of(Map.of("card", "4111"))), running -> {
            if (fails) {
                throw new IOException("connection reset");
            }
            return RESULT;
        });
        return guard.binding().intentId();
    }

    @Test
    void tellsOfSessionJournalOutboxAndLastDelivery() {
        application.run(context -> {
            assertThat(health(context).getDetails()).doesNotContainKey("lastDelivery");

            run(context, false);

            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails())
                    .containsEntry("session", "GATEWAY")
                    .containsEntry("localVerification", true)
                    .containsEntry("journal", "kept")
                    .containsEntry("owed", 0)
                    .containsEntry("parked", 0)
                    .containsEntry("inDoubt", 0)
                    .containsKey("lastDelivery");
        });
    }

    @Test
    void countsWhatWaitsForAPersonAndStaysUp() {
        application.run(context -> {
            inDoubt(context);

            assertThat(health(context).getDetails()).containsEntry("inDoubt", 1);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void isDownWhileTheJournalDoesNotAnswer() {
        BreakableJournal journal = new BreakableJournal();
        application.withBean(CallJournal.class, () -> journal).run(context -> {
            journal.broken = true;

            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void isUnknownAndOpensNothingWhereTheApplicationGuardsByItself() {
        application
                .withBean(GuardResolver.class, () -> context -> null)
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
    }

    @Test
    void isNotThereWhereHealthIsTurnedOffOrAbsent() {
        application
                .withPropertyValues("management.health.paybond.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("paybondHealthIndicator"));
        application
                .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("paybondHealthIndicator"));
    }

    @Test
    void stepsBackForTheApplicationsHealthIndicator() {
        HealthIndicator own = () -> Health.outOfService().build();
        application
                .withBean("paybondHealthIndicator", HealthIndicator.class, () -> own)
                .run(context ->
                        assertThat(context.getBean("paybondHealthIndicator")).isSameAs(own));
    }

    @ParameterizedTest
    @CsvSource({"read-only, false", "unrestricted, true", "'', false"})
    void letsNobodySettleUnlessWritingIsAllowed(String access, boolean writes) {
        WebApplicationContextRunner runner = access.isEmpty()
                ? application
                : application.withPropertyValues("management.endpoint.paybond.access=" + access);
        runner.run(context -> {
            List<OperationType> types = context.getBean(WebEndpointsSupplier.class).getEndpoints().stream()
                    .filter(endpoint -> endpoint.getEndpointId().toString().equals("paybond"))
                    .flatMap(endpoint -> endpoint.getOperations().stream())
                    .map(operation -> operation.getType())
                    .toList();
            assertThat(types).contains(OperationType.READ);
            assertThat(types.contains(OperationType.WRITE)).isEqualTo(writes);
        });
    }

    @Test
    void isNotThereWithoutAccessWithoutExposureAndWithoutActuator() {
        for (String property : List.of(
                "management.endpoint.paybond.access=none", "management.endpoints.web.exposure.include=health")) {
            application.withPropertyValues(property).run(context -> assertThat(context)
                    .doesNotHaveBean(PaybondEndpoint.class));
        }
        application
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PaybondEndpoint.class));
    }

    @Test
    void stepsBackForTheApplicationsEndpoint() {
        application
                .withBean("mine", PaybondEndpoint.class, () -> new PaybondEndpoint(Mockito.mock(OpenSession.class)))
                .run(context -> assertThat(context).hasSingleBean(PaybondEndpoint.class));
    }

    @Test
    void listsWhatIsParkedAndWhatIsInDoubtWithoutArguments() {
        application.run(context -> {
            String parked = parked(context);
            String doubtful = inDoubt(context);

            PaybondEndpoint.Waiting waiting = endpoint(context).waiting();

            assertThat(waiting.parked()).extracting(GuardedCallView::intentId).containsExactly(parked);
            assertThat(waiting.inDoubt()).extracting(GuardedCallView::intentId).containsExactly(doubtful);
            assertThat(waiting.toString()).contains("travel.book").doesNotContain("4111");
        });
    }

    @Test
    void deliversAParkedCallAgain() {
        application.run(context -> {
            String intent = parked(context);

            GuardedCallView after = endpoint(context).settle(intent, "call-1", Action.RETRY, null);

            assertThat(after).isNotNull();
            assertThat(after.state()).isEqualTo(CallState.DELIVERED);
            assertThat(context.getBean(Sandbox.class).records().evidence(intent))
                    .hasSize(1);
        });
    }

    @Test
    void provesACallInDoubtThatHappened() {
        application.run(context -> {
            String intent = inDoubt(context);

            endpoint(context).settle(intent, "call-1", Action.EXECUTED, EVIDENCE);

            assertThat(context.getBean(Sandbox.class).records().evidence(intent))
                    .hasSize(1);
            assertThat(endpoint(context).waiting().inDoubt()).isEmpty();
        });
    }

    @Test
    void releasesACallInDoubtThatDidNotHappen() {
        application.run(context -> {
            String intent = inDoubt(context);

            GuardedCallView after = endpoint(context).settle(intent, "call-1", Action.NOT_EXECUTED, null);

            assertThat(after).isNotNull();
            assertThat(after.state()).isEqualTo(CallState.FAILED);
            assertThat(context.getBean(Sandbox.class).records().decisions())
                    .filteredOn(decision -> decision.intentId().equals(intent))
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.status()).isEqualTo(DecisionStatus.RELEASED));
        });
    }

    @Test
    void refusesWhatDoesNotFitTheCall() {
        application.run(context -> {
            String delivered = run(context, false);
            String doubtful = inDoubt(context);

            assertRefused(context, doubtful, Action.RETRY, null, "call.not_parked");
            assertRefused(context, doubtful, Action.EXECUTED, null, "evidence.malformed");
            assertRefused(context, doubtful, Action.EXECUTED, "[1]", "evidence.malformed");
            assertRefused(context, delivered, Action.NOT_EXECUTED, null, "call.not_in_doubt");
        });
    }

    @Test
    void findsNoCallThatIsNotThere() {
        application.run(context -> {
            assertThat(endpoint(context).call("no-intent", "no-call")).isNull();
            assertThat(endpoint(context).settle("no-intent", "no-call", Action.RETRY, null))
                    .isNull();
        });
    }

    private static void assertRefused(
            ApplicationContext context, String intent, Action action, String evidence, String code) {
        assertThatThrownBy(() -> endpoint(context).settle(intent, "call-1", action, evidence))
                .isInstanceOfSatisfying(InvalidEndpointRequestException.class, e -> assertThat(e.getReason())
                        .isEqualTo(code));
    }

    private static final class BreakableJournal extends ForwardingJournal {
        private final CallJournal memory = new InMemoryCallJournal();
        private volatile boolean broken;

        @Override
        protected CallJournal journal() {
            if (broken) {
                throw new JournalException("journal.io", "the disk is gone", null);
            }
            return memory;
        }
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
