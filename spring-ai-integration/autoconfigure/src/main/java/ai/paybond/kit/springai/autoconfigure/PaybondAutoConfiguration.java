package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Opens the Paybond session, collects the declared tools, and puts the guard around every {@link ToolCallingManager},
 * tool callback and resolver of the application. Every bean here steps back for the application's own.
 *
 * <p>The session is opened at startup, which asks the network, unless the application has a {@link GuardResolver} or a
 * {@link ToolGuard} of its own that does without; it is closed with the application context.
 */
@AutoConfiguration(afterName = "org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration")
@ConditionalOnClass({Paybond.class, ToolCallingManager.class})
@EnableConfigurationProperties(PaybondProperties.class)
public class PaybondAutoConfiguration {

    static final String PROPERTY_MISSING = "springai.property_missing";
    static final String PROPERTY_INVALID = "springai.property_invalid";

    /** From the properties, the beans of type {@link PayeeIdentity} and {@link CallJournal}, and then the customizers. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    PaybondOptions paybondOptions(
            PaybondProperties properties,
            ObjectProvider<PayeeIdentity> payee,
            ObjectProvider<CallJournal> journal,
            ObjectProvider<PaybondOptionsCustomizer> customizers) {
        PaybondOptions.Builder options = PaybondOptions.builder(properties.gatewayUrl(), apiKey(properties));
        if (properties.harborUrl() != null) {
            options.harborUrl(properties.harborUrl());
        }
        properties.capabilityRootKeys().forEach((id, key) -> options.capabilityRootKey(id, rootKey(id, key)));
        if (properties.remoteVerificationOnly()) {
            options.remoteVerificationOnly();
        }
        payee.ifUnique(options::payee);
        journal.ifUnique(options::journal);
        customizers.orderedStream().forEach(customizer -> customizer.customize(options));
        return options.build();
    }

    private static ApiKey apiKey(PaybondProperties properties) {
        String key = properties.apiKey();
        if (key == null || key.isBlank()) {
            throw new ConfigurationException(PROPERTY_MISSING, "paybond.api-key is not set");
        }
        return ApiKey.of(key);
    }

    private static VerifyingKey rootKey(int id, String hex) {
        try {
            return VerifyingKey.ofHex(hex);
        } catch (WireException e) {
            throw new ConfigurationException(
                    PROPERTY_INVALID,
                    "paybond.capability-root-keys." + id + " is no Ed25519 public key (" + e.code() + ")");
        }
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Paybond paybond(PaybondOptions options) {
        return Paybond.open(options);
    }

    /** The annotated methods of all beans, and the beans of type {@link ToolDeclaration}. */
    @Bean
    @ConditionalOnMissingBean
    ToolRegistry paybondToolRegistry(
            ConfigurableListableBeanFactory beans, ObjectProvider<ToolDeclaration> declarations) {
        return new ToolBeans(beans).registry(declarations.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    static GuardingBeanPostProcessor guardingBeanPostProcessor(
            ObjectProvider<GuardResolver> guards,
            ObjectProvider<ToolCallbackResolver> fallback,
            Environment environment) {
        return new GuardingBeanPostProcessor(guards, fallback, environment);
    }

    @Bean
    @ConditionalOnMissingBean
    UndeclaredToolCheck undeclaredToolCheck(ConfigurableListableBeanFactory beans, PaybondProperties properties) {
        return new UndeclaredToolCheck(beans, properties.strict());
    }

    /** For applications that do not resolve guards by themselves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(GuardResolver.class)
    static class ConversationConfiguration {

        /** Conversations by handle; without a handle, the one {@link ToolGuard} bean if there is exactly one. */
        @Bean
        ConversationGuards conversationGuards(
                PaybondProperties properties, ObjectProvider<ToolGuard> fixedGuard, ObjectProvider<Clock> clock) {
            return ConversationGuards.builder()
                    .clock(clock.getIfUnique(Clock::systemUTC))
                    .timeToLive(properties.conversations().timeToLive())
                    .capacity(properties.conversations().capacity())
                    .fallback(fixedGuard::getIfUnique)
                    .build();
        }

        @Bean
        SessionStartup sessionStartup(ListableBeanFactory beans) {
            return new SessionStartup(beans);
        }
    }
}
