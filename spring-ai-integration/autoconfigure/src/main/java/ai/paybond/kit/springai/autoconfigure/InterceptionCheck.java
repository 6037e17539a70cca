package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.springai.GuardedTools;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes sure at startup that the beans with guarded methods are intercepted: a proxy may silently not apply. */
final class InterceptionCheck implements SmartInitializingSingleton {

    static final String NOT_INTERCEPTED = "aop.not_intercepted";

    private final ConfigurableListableBeanFactory beans;

    InterceptionCheck(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> open = Arrays.stream(beans.getSingletonNames())
                .filter(bean -> isOpen(beans.getSingleton(bean)))
                .sorted()
                .toList();
        if (!open.isEmpty()) {
            throw new ConfigurationException(
                    NOT_INTERCEPTED,
                    "Beans whose methods have @CapabilityGuarded are not intercepted: " + String.join(", ", open));
        }
    }

    private static boolean isOpen(@Nullable Object bean) {
        return bean != null && hasGuardedMethods(bean) && !isIntercepted(bean);
    }

    private static boolean hasGuardedMethods(Object bean) {
        return !GuardedTools.methodDeclarations(AopUtils.getTargetClass(bean)).isEmpty();
    }

    private static boolean isIntercepted(Object bean) {
        return bean instanceof Advised proxy
                && Arrays.stream(proxy.getAdvisors()).anyMatch(CapabilityMethodAdvisor.class::isInstance);
    }
}
