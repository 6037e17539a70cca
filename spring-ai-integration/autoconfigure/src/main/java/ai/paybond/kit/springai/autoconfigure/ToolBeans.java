package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.GuardedTools;
import ai.paybond.kit.springai.McpTools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** The tools that the beans of an application offer. */
final class ToolBeans {

    private final ConfigurableListableBeanFactory beans;

    ToolBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** What the annotated methods declare, and more. Looks at types only and creates no bean. */
    ToolRegistry registry(List<ToolDeclaration> more) {
        List<ToolDeclaration> declarations = new ArrayList<>(more);
        boolean intercepted = beans.getBeanNamesForType(CapabilityMethodAdvisor.class, false, false).length > 0;
        for (Class<?> type : types().keySet()) {
            declarations.addAll(intercepted ? GuardedTools.methodDeclarations(type) : GuardedTools.declarations(type));
        }
        try {
            return ToolRegistry.of(declarations);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("tool.declaration", "The declared tools collide: " + e.getMessage(), e);
        }
    }

    /** The names of all tools with the beans that offer them, MCP servers aside: those are asked only when needed. */
    SortedMap<String, String> toolNames() {
        SortedMap<String, String> names = new TreeMap<>();
        types().forEach((type, bean) -> GuardedTools.toolNames(type).forEach(tool -> names.put(tool, bean)));
        beans.getBeansOfType(ToolCallback.class).forEach((bean, tool) -> names.put(nameOf(tool), bean));
        beans.getBeansOfType(ToolCallbackProvider.class).forEach((bean, provider) -> {
            if (!McpTools.isMcp(provider)) {
                Stream.of(provider.getToolCallbacks()).forEach(tool -> names.put(nameOf(tool), bean));
            }
        });
        return names;
    }

    private static String nameOf(ToolCallback tool) {
        return tool.getToolDefinition().name();
    }

    private Map<Class<?>, String> types() {
        Map<Class<?>, String> types = new LinkedHashMap<>();
        for (String bean : beans.getBeanDefinitionNames()) {
            Class<?> type = typeOf(bean);
            if (type != null && AnnotationUtils.isCandidateClass(type, Set.of(Tool.class, CapabilityGuarded.class))) {
                types.putIfAbsent(ClassUtils.getUserClass(type), bean);
            }
        }
        return types;
    }

    private @Nullable Class<?> typeOf(String bean) {
        return AutoProxyUtils.determineTargetClass(beans, bean);
    }
}
