package ai.paybond.kit.springai.web.autoconfigure;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** The tools of all beans by name: callbacks, those of providers, and {@code @Tool} methods. */
final class ApplicationTools implements ToolCallbackResolver {

    private final ConfigurableListableBeanFactory beans;

    ApplicationTools(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Null also when two tools have the name: a person approved one of them, and nobody knows which. */
    @Override
    public @Nullable ToolCallback resolve(String toolName) {
        List<ToolCallback> found = Stream.of(callbacks(), provided(), methods())
                .flatMap(tools -> tools)
                .filter(tool -> tool.getToolDefinition().name().equals(toolName))
                .limit(2)
                .toList();
        return found.size() == 1 ? found.get(0) : null;
    }

    private Stream<ToolCallback> callbacks() {
        return beans.getBeansOfType(ToolCallback.class).values().stream();
    }

    private Stream<ToolCallback> provided() {
        return beans.getBeansOfType(ToolCallbackProvider.class).values().stream()
                .flatMap(provider -> Arrays.stream(provider.getToolCallbacks()));
    }

    private Stream<ToolCallback> methods() {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .filter(this::hasTools)
                .flatMap(bean -> Arrays.stream(ToolCallbacks.from(Objects.requireNonNull(beans.getBean(bean)))));
    }

    private boolean hasTools(String bean) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
        return type != null
                && AnnotationUtils.isCandidateClass(type, Tool.class)
                && !MethodIntrospector.selectMethods(type, ApplicationTools::isTool)
                        .isEmpty();
    }

    private static boolean isTool(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, Tool.class);
    }
}
