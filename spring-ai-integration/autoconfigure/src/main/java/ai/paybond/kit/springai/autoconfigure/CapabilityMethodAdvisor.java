package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.springai.CapabilityMethodInterceptor;
import ai.paybond.kit.springai.GuardedTools;
import java.lang.reflect.Method;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Puts the interceptor before each annotated method, the annotation inherited or not. */
final class CapabilityMethodAdvisor extends DefaultPointcutAdvisor {
    private static final long serialVersionUID = 1L;

    CapabilityMethodAdvisor(CapabilityMethodInterceptor interceptor) {
        super(new GuardedMethods(), interceptor);
    }

    private static final class GuardedMethods extends StaticMethodMatcherPointcut {
        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return GuardedTools.isGuarded(method, targetClass);
        }
    }
}
