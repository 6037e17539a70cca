package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.springai.GuardedTools;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Stops the start of an MCP server that offers {@code @McpTool} methods which nothing guards: such a method is called without
 * a tool callback. It is guarded when it has {@code @CapabilityGuarded} and methods are intercepted.
 */
final class McpToolCheck implements SmartInitializingSingleton {

    static final String UNGUARDED = "mcp.tool_unguarded";

    private static final Logger log = LoggerFactory.getLogger(McpToolCheck.class);

    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<CapabilityMethodAdvisor> interception;
    private final boolean allowUnguarded;

    McpToolCheck(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<CapabilityMethodAdvisor> interception,
            boolean allowUnguarded) {
        this.beans = beans;
        this.interception = interception;
        this.allowUnguarded = allowUnguarded;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> unguarded = unguarded();
        if (unguarded.isEmpty()) {
            return;
        }
        String message = "@McpTool methods that nothing guards: " + String.join(", ", unguarded);
        if (!allowUnguarded) {
            throw new ConfigurationException(UNGUARDED, message);
        }
        log.warn(message);
    }

    private List<String> unguarded() {
        boolean intercepted = interception.getIfAvailable() != null;
        List<String> unguarded = new ArrayList<>();
        for (String bean : beans.getBeanDefinitionNames()) {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
            if (type != null && AnnotationUtils.isCandidateClass(type, McpTool.class)) {
                Class<?> owner = ClassUtils.getUserClass(type);
                offered(owner).stream()
                        .filter(method -> !intercepted || !GuardedTools.isGuarded(method, owner))
                        .forEach(method -> unguarded.add(method.getName() + " (bean " + bean + ")"));
            }
        }
        return unguarded;
    }

    private static List<Method> offered(Class<?> owner) {
        return List.copyOf(MethodIntrospector.selectMethods(
                owner, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, McpTool.class)));
    }
}
