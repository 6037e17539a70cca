package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.ToolBindings;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

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

    @Bean
    @ConditionalOnMissingBean
    PaybondConnectionDetails paybondConnectionDetails(PaybondProperties properties) {
        return new PropertiesConnectionDetails(properties);
    }

    /**
     * From the connection details and the properties, the beans of type {@link PayeeIdentity}, {@link CallJournal} and
     * {@link CallObserver}, and then the customizers.
     */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    PaybondOptions paybondOptions(
            PaybondConnectionDetails connection,
            PaybondProperties properties,
            ObjectProvider<PayeeIdentity> payee,
            ObjectProvider<CallJournal> journal,
            ObjectProvider<CallObserver> observers,
            ObjectProvider<PaybondOptionsCustomizer> customizers) {
        PaybondOptions.Builder options = PaybondOptions.builder(connection.gatewayUrl(), connection.apiKey());
        URI harborUrl = connection.harborUrl();
        if (harborUrl != null) {
            options.harborUrl(harborUrl);
        }
        Map<Integer, VerifyingKey> rootKeys = connection.capabilityRootKeys();
        rootKeys.forEach(options::capabilityRootKey);
        Boolean remoteOnly = properties.remoteVerificationOnly();
        if (remoteOnly == null ? rootKeys.isEmpty() : remoteOnly) {
            options.remoteVerificationOnly();
        }
        options.closeTimeout(properties.drainTimeout());
        payee.ifUnique(options::payee);
        journal.ifUnique(options::journal);
        observers.orderedStream().forEach(options::observer);
        customizers.orderedStream().forEach(customizer -> customizer.customize(options));
        return options.build();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Paybond paybond(PaybondOptions options) {
        return Paybond.open(options);
    }

    @Bean
    @ConditionalOnProperty("paybond.policy")
    @ConditionalOnMissingBean
    Policy paybondPolicy(PaybondProperties properties) {
        return PolicyFile.read(Objects.requireNonNull(properties.policy(), "paybond.policy"));
    }

    /**
     * The annotated methods of all beans, and the beans of type {@link ToolDeclaration}. With a policy, those of them that it
     * declares, within its limits: the code says a tool's name in the agent, its approvals, and its price unless the policy
     * does.
     */
    @Bean
    @ConditionalOnMissingBean
    ToolRegistry paybondToolRegistry(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<ToolDeclaration> declarations,
            ObjectProvider<Policy> policy,
            ObjectProvider<ToolBindings> bindings) {
        ToolRegistry declared =
                new ToolBeans(beans).registry(declarations.orderedStream().toList());
        Policy limits = policy.getIfUnique();
        return limits == null
                ? declared
                : limits.registry(bindings.getIfUnique(() -> PolicyTools.bindings(limits, declared)));
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

    @Bean
    @ConditionalOnMissingBean
    OpenSession paybondOpenSession(ConfigurableListableBeanFactory beans, ObjectProvider<Clock> clock) {
        return new OpenSession(beans, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    DeliveryLifecycle paybondDeliveryLifecycle(OpenSession session, PaybondProperties properties) {
        return new DeliveryLifecycle(session, properties.drainTimeout());
    }

    /** Evidence is delivered on virtual threads where {@code spring.threads.virtual.enabled} asks for them. */
    @Bean
    @ConditionalOnThreading(Threading.VIRTUAL)
    PaybondOptionsCustomizer paybondVirtualThreads() {
        return options -> options.deliveryThreads(new VirtualThreadTaskExecutor().getVirtualThreadFactory());
    }

    /** For applications that do not resolve guards by themselves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(GuardResolver.class)
    static class ConversationConfiguration {

        /**
         * Conversations by handle; without a handle, the one {@link ToolGuard} bean if there is exactly one, or else what the
         * {@link FallbackGuard} says.
         */
        @Bean
        ConversationGuards conversationGuards(
                PaybondProperties properties,
                ObjectProvider<ToolGuard> fixedGuard,
                ObjectProvider<FallbackGuard> fallback,
                ObjectProvider<Clock> clock,
                ListableBeanFactory beans) {
            return ConversationGuards.builder()
                    .clock(clock.getIfUnique(Clock::systemUTC))
                    .timeToLive(properties.conversations().timeToLive())
                    .capacity(properties.conversations().capacity())
                    .fallback(() -> anyGuards(beans) ? fixedGuard.getIfUnique() : guardOf(fallback))
                    .build();
        }

        private static boolean anyGuards(ListableBeanFactory beans) {
            return beans.getBeanNamesForType(ToolGuard.class).length > 0;
        }

        private static @Nullable ToolGuard guardOf(ObjectProvider<FallbackGuard> fallback) {
            FallbackGuard guards = fallback.getIfUnique();
            return guards == null ? null : guards.guard();
        }

        @Bean
        SessionStartup sessionStartup(ListableBeanFactory beans) {
            return new SessionStartup(beans);
        }
    }
}
