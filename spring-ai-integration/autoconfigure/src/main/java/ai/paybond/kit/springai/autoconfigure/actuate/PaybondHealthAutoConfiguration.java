package ai.paybond.kit.springai.autoconfigure.actuate;

import ai.paybond.kit.springai.autoconfigure.OpenSession;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of guarded calls, unless {@code management.health.paybond.enabled} says otherwise. */
@AutoConfiguration(after = PaybondAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(OpenSession.class)
@ConditionalOnEnabledHealthIndicator("paybond")
public class PaybondHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "paybondHealthIndicator")
    HealthIndicator paybondHealthIndicator(OpenSession session) {
        return new PaybondHealthIndicator(session);
    }
}
