package ai.paybond.kit.springai.autoconfigure.sandbox;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.springai.autoconfigure.FallbackGuard;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.PaybondConnectionDetails;
import ai.paybond.kit.springai.autoconfigure.PaybondOptionsCustomizer;
import ai.paybond.kit.springai.autoconfigure.PaybondProperties;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * With {@code paybond.sandbox.enabled}, a {@link Sandbox} on the loopback address in place of a Gateway, with a key and with
 * intents of its own: tool calls outside any conversation run on those, so that an application without a Paybond account can
 * make a guarded call. Everything in it is gone when the context is closed.
 */
@AutoConfiguration(before = PaybondAutoConfiguration.class)
@ConditionalOnClass({Paybond.class, ToolCallingManager.class, Sandbox.class})
@ConditionalOnBooleanProperty("paybond.sandbox.enabled")
@EnableConfigurationProperties(PaybondProperties.class)
public class PaybondSandboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Sandbox paybondSandbox(ObjectProvider<Clock> clock) {
        return Sandbox.builder().clock(clock.getIfUnique(Clock::systemUTC)).start();
    }

    @Bean
    @ConditionalOnMissingBean
    PaybondConnectionDetails paybondSandboxConnectionDetails(Sandbox sandbox) {
        return new SandboxConnectionDetails(sandbox);
    }

    /** The keys with which the sandbox's tenant asks for intents and signs evidence. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    PaybondOptionsCustomizer paybondSandboxKeys(Sandbox sandbox, ObjectProvider<PayeeIdentity> payee) {
        SandboxTenant tenant = sandbox.tenant();
        return options -> {
            options.recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey());
            if (payee.getIfUnique() == null) {
                options.payee(new PayeeIdentity(SandboxGuards.PAYEE, tenant.payeeKey()));
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean({FallbackGuard.class, ToolGuard.class})
    FallbackGuard paybondSandboxGuards(
            Sandbox sandbox,
            ObjectProvider<Paybond> paybond,
            ObjectProvider<ToolRegistry> tools,
            ObjectProvider<Clock> clock,
            PaybondProperties properties) {
        return new SandboxGuards(
                sandbox.tenant(),
                paybond,
                tools,
                properties.sandbox().budgetCents(),
                clock.getIfUnique(Clock::systemUTC));
    }

    private record SandboxConnectionDetails(Sandbox sandbox) implements PaybondConnectionDetails {

        @Override
        public URI gatewayUrl() {
            return sandbox.baseUrl();
        }

        @Override
        public ApiKey apiKey() {
            return ApiKey.of(sandbox.tenant().apiKey());
        }

        @Override
        public Map<Integer, VerifyingKey> capabilityRootKeys() {
            return Map.of(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey());
        }

        @Override
        public String toString() {
            return "SandboxConnectionDetails[" + gatewayUrl() + "]";
        }
    }
}
