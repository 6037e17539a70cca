package ai.paybond.kit.springai.autoconfigure.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.observe.MdcObserver;
import ai.paybond.kit.observe.MicrometerObserver;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.springai.autoconfigure.FallbackGuard;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.journal.PaybondJournalAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.sandbox.PaybondSandboxAutoConfiguration;
import ai.paybond.kit.springai.observation.DefaultGuardedCallObservationConvention;
import ai.paybond.kit.springai.observation.GuardedCallObservationConvention;
import ai.paybond.kit.springai.observation.ObservationCallObserver;
import ai.paybond.kit.wire.json.JsonObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PaybondObservationAutoConfigurationTest {

    private static final JsonObject RESULT = JsonObject.of(Map.of("status", "completed", "cost_cents", 100));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final List<Observation.Context> observed = new ArrayList<>();

    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    PaybondAutoConfiguration.class,
                    PaybondSandboxAutoConfiguration.class,
                    PaybondJournalAutoConfiguration.class,
                    PaybondObservationAutoConfiguration.class))
            .withPropertyValues("paybond.sandbox.enabled=true", "paybond.journal.type=memory")
            .withBean(Booking.class);

    private ApplicationContextRunner application() {
        observations.observationConfig().observationHandler(new Recording());
        return bare.withBean(MeterRegistry.class, () -> meters).withBean(ObservationRegistry.class, () -> observations);
    }

    @Test
    void countsTimesAndObservesTheCallsOfEveryGuardOfTheSession() {
        application().run(context -> {
            ToolGuard guard = guard(context.getBean(FallbackGuard.class));

            guard.call(call("call-1"), running -> RESULT);

            assertThat(meters.get("paybond.guard.calls")
                            .tags("tool", "book", "outcome", "executed")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("paybond.journal.pending").gauge().value()).isZero();
            assertThat(observed).singleElement().satisfies(seen -> {
                assertThat(seen.getName()).isEqualTo("paybond.guard.call");
                assertThat(seen.getContextualName()).isEqualTo("guard book");
                assertThat(seen.getLowCardinalityKeyValue("paybond.tool").getValue())
                        .isEqualTo("book");
                assertThat(seen.getLowCardinalityKeyValue("paybond.outcome").getValue())
                        .isEqualTo("executed");
                assertThat(seen.getHighCardinalityKeyValue("paybond.call_id").getValue())
                        .isEqualTo("call-1");
            });
        });
    }

    @Test
    void holdsNoArgumentNoSecretAndNoWordsOfAFailure() {
        application().run(context -> {
            ToolGuard guard = guard(context.getBean(FallbackGuard.class));
            JsonObject arguments = JsonObject.of(Map.of("card", "4111"));

            guard.call(ToolCall.of("book", "call-1", arguments), running -> {
                throw new IOException("card 4111 was refused");
            });

            assertThat(observed).singleElement().satisfies(seen -> {
                String all = seen.getAllKeyValues().toString() + seen.getError();
                assertThat(all)
                        .contains("in_doubt", IOException.class.getName())
                        .doesNotContain("4111")
                        .doesNotContain(guard.binding().token().expose())
                        .doesNotContain(context.getBean(Sandbox.class).tenant().apiKey());
            });
        });
    }

    @Test
    void tellsTheCodeOfARefusal() {
        application().run(context -> {
            guard(context.getBean(FallbackGuard.class))
                    .call(ToolCall.of("invented", "call-1", JsonObject.of(Map.of())), running -> RESULT);

            assertThat(observed).singleElement().satisfies(seen -> {
                assertThat(seen.getLowCardinalityKeyValue("paybond.outcome").getValue())
                        .isEqualTo("refused");
                assertThat(seen.getHighCardinalityKeyValue("paybond.code").getValue())
                        .isEqualTo("tool.undeclared");
                assertThat(seen.getLowCardinalityKeyValue("paybond.tool").getValue())
                        .isEqualTo("undeclared");
            });
        });
    }

    @Test
    void isCurrentWhileTheToolRuns() {
        application().run(context -> {
            AtomicReference<Observation> current = new AtomicReference<>();

            guard(context.getBean(FallbackGuard.class)).call(call("call-1"), running -> {
                current.set(observations.getCurrentObservation());
                return RESULT;
            });

            assertThat(current.get()).isNotNull();
            assertThat(observations.getCurrentObservation()).isNull();
        });
    }

    @Test
    void takesNamesFromTheApplicationsConvention() {
        application()
                .withBean(GuardedCallObservationConvention.class, () -> new DefaultGuardedCallObservationConvention() {
                    @Override
                    public String getName() {
                        return "mine";
                    }
                })
                .run(context -> {
                    guard(context.getBean(FallbackGuard.class)).call(call("call-1"), running -> RESULT);

                    assertThat(observed).singleElement().satisfies(seen -> assertThat(seen.getName())
                            .isEqualTo("mine"));
                });
    }

    @Test
    void putsTheCallIntoLogLinesUnlessToldOtherwise() {
        AtomicReference<String> seen = new AtomicReference<>();
        application().run(context -> {
            guard(context.getBean(FallbackGuard.class)).call(call("call-1"), running -> {
                seen.set(MDC.get("paybond.callId"));
                return RESULT;
            });
            assertThat(seen.get()).isEqualTo("call-1");
        });
        application().withPropertyValues("paybond.observation.mdc=false").run(context -> assertThat(context)
                .doesNotHaveBean(MdcObserver.class));
    }

    @Test
    void asksTheApplicationsObserversToo() {
        List<String> seen = new ArrayList<>();
        application()
                .withBean("mine", CallObserver.class, () -> call -> {
                    seen.add(call.callId());
                    return new CallObserver.CallObservation() {};
                })
                .run(context -> {
                    guard(context.getBean(FallbackGuard.class)).call(call("call-1"), running -> RESULT);

                    assertThat(seen).containsExactly("call-1");
                });
    }

    @Test
    void stepsBackForTheApplicationsOwn() {
        MicrometerObserver own = new MicrometerObserver(meters);
        ObservationCallObserver ownToo = new ObservationCallObserver(observations, null);

        application()
                .withBean("a", MicrometerObserver.class, () -> own)
                .withBean("b", ObservationCallObserver.class, () -> ownToo)
                .run(context -> {
                    assertThat(context.getBean(MicrometerObserver.class)).isSameAs(own);
                    assertThat(context.getBean(ObservationCallObserver.class)).isSameAs(ownToo);
                });
    }

    @Test
    void needsNoMetricsAndNoObservations() {
        bare.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(MicrometerObserver.class)
                .doesNotHaveBean(ObservationCallObserver.class));
        bare.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MicrometerObserver.class));
    }

    @Test
    void stepsBackWithoutSpringAiAndWithoutTheSession() {
        for (Class<?> absent : List.of(ToolCallingManager.class, Paybond.class)) {
            application()
                    .withClassLoader(new FilteredClassLoader(absent))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallObserver.class));
        }
    }

    private static ToolGuard guard(FallbackGuard guards) {
        ToolGuard guard = guards.guard();
        assertThat(guard).isNotNull();
        return guard;
    }

    private static ToolCall call(String id) {
        return ToolCall.of("book", id, JsonObject.of(Map.of()));
    }

    private final class Recording implements ObservationHandler<Observation.Context> {
        @Override
        public void onStop(Observation.Context context) {
            observed.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
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
