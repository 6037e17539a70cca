package ai.paybond.kit.springai.web.autoconfigure;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.CapabilityAdvisor;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.TurnGuard;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.web.CallerCapability;
import ai.paybond.kit.springai.web.CallerGuards;
import ai.paybond.kit.springai.web.ReactiveCallers;
import ai.paybond.kit.springai.web.ServletCallers;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/**
 * Lets each turn of the auto-configured chat clients work under the capability of the web request that it begins in, once there is
 * a {@link CallerCapability}. A request without a capability then runs no tool.
 */
@AutoConfiguration(
        after = {PaybondAutoConfiguration.class, CallerCapabilityAutoConfiguration.class},
        beforeName = "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnBean(CallerCapability.class)
@EnableConfigurationProperties(PaybondWebProperties.class)
public class PaybondWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CallerGuards callerGuards(
            CallerCapability capabilities,
            ObjectProvider<Paybond> paybond,
            ObjectProvider<ToolRegistry> tools,
            PaybondWebProperties properties) {
        return new CallerGuards(
                capabilities, binding -> paybond.getObject().guard(binding, tools.getObject()), properties.callers());
    }

    @Bean
    @ConditionalOnBean(ConversationGuards.class)
    ChatClientBuilderCustomizer callersAdvisor(ConversationGuards guards, TurnGuard turnGuard) {
        return builder -> builder.defaultAdvisors(CapabilityAdvisor.of(guards, turnGuard));
    }

    /** By the request that is bound to the thread. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class Servlet {
        @Bean
        @ConditionalOnMissingBean(TurnGuard.class)
        ServletCallers servletCallers(CallerGuards guards) {
            return new ServletCallers(guards);
        }
    }

    /** By the Reactor context. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    static class Reactive {
        @Bean
        @ConditionalOnMissingBean(TurnGuard.class)
        ReactiveCallers reactiveCallers(CallerGuards guards) {
            return new ReactiveCallers(guards);
        }

        /** Last, so that the exchange it passes on knows the principal. */
        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        @ConditionalOnMissingBean
        ServerWebExchangeContextFilter serverWebExchangeContextFilter() {
            return new ServerWebExchangeContextFilter();
        }
    }
}
