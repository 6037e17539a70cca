package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.springai.CapabilityToolCallback;
import ai.paybond.kit.springai.CapabilityToolCallbackProvider;
import ai.paybond.kit.springai.CapabilityToolCallbackResolver;
import ai.paybond.kit.springai.CapabilityToolCallingManager;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.McpTools;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Puts the guard around the beans through which Spring AI runs tools. Tools and providers of the MCP client stay as they
 * are, because Spring AI goes by their class; the guarded manager covers them.
 */
final class GuardingBeanPostProcessor implements BeanPostProcessor {

    private static final String FALLBACK_PROPERTY = "spring.ai.tools.resolution.fallback.enabled";
    private static final String TOOL_BEANS_PROPERTY = "paybond.guard-tool-beans";

    private final GuardResolver guards;
    private final ToolCallbackResolver fallback;
    private final boolean guardToolBeans;

    /** The beans are asked for only when a tool is called: a post-processor must not create them early. */
    GuardingBeanPostProcessor(
            ObjectProvider<GuardResolver> guards,
            ObjectProvider<ToolCallbackResolver> fallback,
            Environment environment) {
        this.guards = GuardResolver.deferred(guards::getObject);
        this.fallback = environment.getProperty(FALLBACK_PROPERTY, Boolean.class, false)
                ? toolName -> resolve(fallback, toolName)
                : toolName -> null;
        this.guardToolBeans = environment.getProperty(TOOL_BEANS_PROPERTY, Boolean.class, true);
    }

    private static @Nullable ToolCallback resolve(ObjectProvider<ToolCallbackResolver> resolvers, String toolName) {
        ToolCallbackResolver resolver = resolvers.getIfUnique();
        return resolver == null ? null : resolver.resolve(toolName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ToolCallingManager manager) {
            return CapabilityToolCallingManager.guard(manager, guards, fallback);
        }
        if (bean instanceof ToolCallbackResolver resolver) {
            return CapabilityToolCallbackResolver.guard(resolver, guards);
        }
        return guardToolBeans && !McpTools.isMcp(bean) ? guardedTool(bean) : bean;
    }

    private Object guardedTool(Object bean) {
        if (bean instanceof ToolCallback tool) {
            return CapabilityToolCallback.guard(tool, guards);
        }
        return bean instanceof ToolCallbackProvider provider
                ? CapabilityToolCallbackProvider.guard(provider, guards)
                : bean;
    }
}
