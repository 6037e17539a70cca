package ai.paybond.kit.springai.web.autoconfigure;

import ai.paybond.kit.springai.web.CallerCapability;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Takes the capability of a web request from where {@code paybond.web.capability-from} says. */
@AutoConfiguration
@ConditionalOnWebApplication
public class CallerCapabilityAutoConfiguration {

    @Bean
    @ConditionalOnProperty(name = "paybond.web.capability-from", havingValue = "principal")
    @ConditionalOnMissingBean(CallerCapability.class)
    CallerCapability principalCapability() {
        return CallerCapability.fromPrincipal();
    }

    @Bean
    @ConditionalOnProperty(name = "paybond.web.capability-from", havingValue = "header")
    @ConditionalOnMissingBean(CallerCapability.class)
    CallerCapability headerCapability() {
        return CallerCapability.fromHeaders();
    }
}
