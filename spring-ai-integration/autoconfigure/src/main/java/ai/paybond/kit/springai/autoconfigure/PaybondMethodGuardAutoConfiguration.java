package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.springai.CapabilityMethodInterceptor;
import ai.paybond.kit.springai.GuardResolver;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Guards methods of beans by interception, if the application asks for it: {@code @CapabilityGuarded} then enforces, and does
 * not only declare. A bean that cannot be intercepted stops the start.
 */
@AutoConfiguration(before = PaybondAutoConfiguration.class)
@ConditionalOnClass(MethodInterceptor.class)
@ConditionalOnProperty("paybond.aop.enabled")
@EnableConfigurationProperties(MethodGuardProperties.class)
@Import(PaybondMethodGuardAutoConfiguration.Proxies.class)
public class PaybondMethodGuardAutoConfiguration {

    /** An infrastructure bean, so that every auto-proxy creator takes note of it. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static CapabilityMethodAdvisor capabilityMethodAdvisor(ObjectProvider<GuardResolver> guards) {
        return new CapabilityMethodAdvisor(new CapabilityMethodInterceptor(GuardResolver.deferred(guards::getObject)));
    }

    @Bean
    @ConditionalOnMissingBean
    static InterceptionCheck interceptionCheck(ConfigurableListableBeanFactory beans) {
        return new InterceptionCheck(beans);
    }

    /** Proxies are made whether or not the application has AspectJ, of the kind that it asks for. */
    static final class Proxies implements ImportBeanDefinitionRegistrar {
        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
        }
    }
}
