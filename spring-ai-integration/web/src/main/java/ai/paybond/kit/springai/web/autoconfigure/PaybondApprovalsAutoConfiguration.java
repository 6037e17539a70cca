package ai.paybond.kit.springai.web.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.springai.web.CallerGuards;
import ai.paybond.kit.springai.web.OwnedGuard;
import ai.paybond.kit.springai.web.approvals.ApprovableGuards;
import ai.paybond.kit.springai.web.approvals.ApprovalAuthorization;
import ai.paybond.kit.springai.web.approvals.ApprovalController;
import ai.paybond.kit.springai.web.approvals.HeldCallListener;
import ai.paybond.kit.springai.web.approvals.WaitingCalls;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Offers approvals over HTTP if the application asks for it, and says who may approve. */
@AutoConfiguration(after = PaybondWebAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnProperty("paybond.approvals.enabled")
@EnableConfigurationProperties(PaybondApprovalsProperties.class)
public class PaybondApprovalsAutoConfiguration {

    static final String AUTHORIZATION_MISSING = "approvals.authorization_missing";

    @Bean
    @ConditionalOnMissingBean
    ApprovalAuthorization approvalAuthorization(PaybondApprovalsProperties properties) {
        String role = properties.role();
        if (role == null || role.isBlank()) {
            throw new ConfigurationException(
                    AUTHORIZATION_MISSING,
                    "paybond.approvals.enabled needs a bean of type ApprovalAuthorization, or paybond.approvals.role");
        }
        return ApprovalAuthorization.role(role);
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovableGuards approvableGuards(ObjectProvider<ToolGuard> fixed, ObjectProvider<CallerGuards> callers) {
        return () -> {
            List<OwnedGuard> guards = new ArrayList<>();
            fixed.orderedStream().forEach(guard -> guards.add(new OwnedGuard(null, guard)));
            callers.ifAvailable(known -> guards.addAll(known.known()));
            return guards;
        };
    }

    @Bean
    @ConditionalOnMissingBean
    WaitingCalls waitingCalls(
            ApprovableGuards guards,
            ApprovalAuthorization authorization,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<HeldCallListener> listeners) {
        return new WaitingCalls(
                guards,
                authorization,
                new ApplicationTools(beans),
                listeners.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovalController approvalController(WaitingCalls calls) {
        return new ApprovalController(calls);
    }
}
