package ai.paybond.kit.springai.autoconfigure.actuate;

import ai.paybond.kit.springai.autoconfigure.OpenSession;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code paybond}, where {@code management.endpoints.web.exposure} or JMX exposes it. */
@AutoConfiguration(after = PaybondAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(OpenSession.class)
@ConditionalOnAvailableEndpoint(endpoint = PaybondEndpoint.class)
public class PaybondEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PaybondEndpoint paybondEndpoint(OpenSession session) {
        return new PaybondEndpoint(session);
    }
}
