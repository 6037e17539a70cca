package ai.paybond.kit.springai.autoconfigure.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.autoconfigure.FallbackGuard;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.PaybondConnectionDetails;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PaybondSandboxAutoConfigurationTest {

    private static final JsonObject RESULT = JsonObject.of(Map.of("status", "completed", "cost_cents", 100));

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    PaybondAutoConfiguration.class,
                    PaybondSandboxAutoConfiguration.class))
            .withBean(Booking.class);

    private final ApplicationContextRunner enabled =
            application.withPropertyValues("paybond.sandbox.enabled=true", "paybond.sandbox.budget-cents=500");

    @Test
    void needsNoKeyNoIntentAndNoCapabilityForAFirstProvedCallAndTheNext() {
        enabled.run(context -> {
            FallbackGuard guards = context.getBean(FallbackGuard.class);

            ToolGuard first = guards.guard();
            ToolOutcome<JsonObject> outcome = first.call(call("call-1"), running -> RESULT);
            ToolGuard second = guards.guard();

            assertThat(outcome).isInstanceOf(ToolOutcome.Executed.class);
            assertThat(second).isNotSameAs(first);
            assertThat(second.call(call("call-2"), running -> RESULT)).isInstanceOf(ToolOutcome.Executed.class);
            Sandbox sandbox = context.getBean(Sandbox.class);
            assertThat(sandbox.records().evidence(first.binding().intentId())).hasSize(1);
            assertThat(sandbox.records().evidence(second.binding().intentId())).hasSize(1);
        });
    }

    @Test
    void keepsToTheBudget() {
        enabled.withPropertyValues("paybond.sandbox.budget-cents=99").run(context -> {
            ToolOutcome<JsonObject> outcome =
                    context.getBean(FallbackGuard.class).guard().call(call("call-1"), running -> RESULT);

            assertThat(outcome).isInstanceOf(ToolOutcome.Refused.class);
        });
    }

    @Test
    void listensOnTheLoopbackAddressAndVerifiesCapabilitiesHere() {
        enabled.run(context -> {
            PaybondConnectionDetails details = context.getBean(PaybondConnectionDetails.class);
            assertThat(details.gatewayUrl().getHost()).isEqualTo("127.0.0.1");
            assertThat(details.capabilityRootKeys()).hasSize(1);
            assertThat(details.toString()).doesNotContain(details.apiKey().expose());
            assertThat(context.getBean(Paybond.class).tenantId())
                    .isEqualTo(context.getBean(Sandbox.class).tenant().tenantId());
        });
    }

    @Test
    void isNotThereUnlessItIsAskedFor() {
        application.withBean(GuardResolver.class, () -> call -> null).run(context -> assertThat(
                        context.getBeanFactory().getBeanNamesForType(Sandbox.class))
                .isEmpty());
    }

    @Test
    void saysThatTheSandboxIsNotOnTheClassPath() {
        enabled.withClassLoader(new FilteredClassLoader(Sandbox.class)).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("springai.sandbox_absent")));
    }

    @Test
    void stepsBackWithoutSpringAi() {
        enabled.withClassLoader(new FilteredClassLoader(ToolCallingManager.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Sandbox.class));
    }

    @Test
    void usesTheApplicationsOwnSandbox() {
        try (Sandbox own = Sandbox.start()) {
            enabled.withBean("own", Sandbox.class, () -> own).run(context -> {
                assertThat(context).hasSingleBean(Sandbox.class);
                assertThat(context.getBean(PaybondConnectionDetails.class).gatewayUrl())
                        .isEqualTo(own.baseUrl());
            });
        }
    }

    @Test
    void leavesCallsToTheApplicationsOwnGuard() {
        try (Sandbox elsewhere = Sandbox.start()) {
            enabled.withBean("own", FallbackGuard.class, () -> () -> null).run(context -> assertThat(context)
                    .hasSingleBean(FallbackGuard.class)
                    .getBean(FallbackGuard.class)
                    .isNotInstanceOf(SandboxGuards.class));
            assertThat(elsewhere.records().intents()).isEmpty();
        }
    }

    @Test
    void usesConnectionDetailsOfTheApplicationsOwn() {
        try (Sandbox elsewhere = Sandbox.start()) {
            PaybondConnectionDetails own = Mockito.mock();
            Mockito.when(own.gatewayUrl()).thenReturn(elsewhere.baseUrl());
            Mockito.when(own.apiKey()).thenReturn(ApiKey.of(elsewhere.tenant().apiKey()));

            enabled.withBean("own", PaybondConnectionDetails.class, () -> own)
                    .run(context -> assertThat(context.getBean(Paybond.class).tenantId())
                            .isEqualTo(elsewhere.tenant().tenantId()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paybond.gateway-url=https://api.paybond.ai",
                "paybond.harbor-url=https://harbor.example",
                "paybond.api-key=paybond_sk_live_0123456789abcdef",
                "paybond.capability-root-keys.1=00"
            })
    void refusesToStandBesideTheRealThing(String property) {
        enabled.withPropertyValues(property).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("sandbox.enabled")
                .hasMessageNotContaining("0123456789abcdef"));
    }

    private static ToolCall call(String id) {
        return ToolCall.of("book", id, JsonObject.of(Map.of()));
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
