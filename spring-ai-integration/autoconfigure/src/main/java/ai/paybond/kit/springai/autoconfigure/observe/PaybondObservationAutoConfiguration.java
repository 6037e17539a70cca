package ai.paybond.kit.springai.autoconfigure.observe;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.observe.MdcObserver;
import ai.paybond.kit.observe.MicrometerObserver;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.journal.PaybondJournalAutoConfiguration;
import ai.paybond.kit.springai.observation.GuardedCallObservationConvention;
import ai.paybond.kit.springai.observation.ObservationCallObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Observes the calls of every guard that the session builds. Any further {@link CallObserver} bean is asked too; a guard that
 * is put together without the session is given its observers by hand.
 */
@AutoConfiguration(
        before = PaybondAutoConfiguration.class,
        after = PaybondJournalAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({Paybond.class, ToolCallingManager.class})
public class PaybondObservationAutoConfiguration {

    /** Ids of a running tool's call in its log lines. */
    @Bean
    @ConditionalOnBooleanProperty(name = "paybond.observation.mdc", matchIfMissing = true)
    @ConditionalOnMissingBean
    MdcObserver paybondMdcObserver() {
        return new MdcObserver();
    }

    /** Counters and timers, and the gauge of what is owed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @Lazy
        @ConditionalOnMissingBean
        MicrometerObserver paybondMicrometerObserver(MeterRegistry meters, ObjectProvider<CallJournal> journal) {
            MicrometerObserver observer = new MicrometerObserver(meters);
            journal.ifUnique(observer::watch);
            return observer;
        }
    }

    /** An observation for each call. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    static class Observations {

        @Bean
        @ConditionalOnMissingBean
        ObservationCallObserver paybondObservationCallObserver(
                ObservationRegistry observations, ObjectProvider<GuardedCallObservationConvention> convention) {
            return new ObservationCallObserver(observations, convention.getIfUnique());
        }
    }
}
