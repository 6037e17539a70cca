package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.guard.ToolGuard;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Opens the session at startup, so that a wrong key or a missing root key shows before the first tool call. */
final class SessionStartup implements SmartInitializingSingleton {

    private final ListableBeanFactory beans;

    SessionStartup(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (beans.getBeanNamesForType(ToolGuard.class).length == 0) {
            beans.getBean(Paybond.class).capabilities();
        }
    }
}
