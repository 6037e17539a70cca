package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Names at startup the tools that would otherwise be found missing one denied call at a time. */
final class UndeclaredToolCheck implements SmartInitializingSingleton {

    static final String UNDECLARED = "tool.undeclared";

    private static final Logger log = LoggerFactory.getLogger(UndeclaredToolCheck.class);

    private final ConfigurableListableBeanFactory beans;
    private final boolean strict;

    UndeclaredToolCheck(ConfigurableListableBeanFactory beans, boolean strict) {
        this.beans = beans;
        this.strict = strict;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> undeclared = undeclared();
        if (undeclared.isEmpty()) {
            return;
        }
        String message = "Tools that are not declared, and therefore denied: " + String.join(", ", undeclared);
        if (strict) {
            throw new ConfigurationException(UNDECLARED, message);
        }
        log.warn(message);
    }

    private List<String> undeclared() {
        List<ToolRegistry> registries =
                beans.getBeanProvider(ToolRegistry.class).stream().toList();
        return new ToolBeans(beans)
                .toolNames().entrySet().stream()
                        .filter(tool -> registries.stream().noneMatch(registry -> registry.find(tool.getKey())
                                .isPresent()))
                        .map(tool -> tool.getKey() + " (bean " + tool.getValue() + ")")
                        .toList();
    }
}
