package ai.paybond.kit.annotation;

import ai.paybond.kit.ConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The methods of a type that can be tools, and how they are named and annotated. */
final class ToolMethods {
    private ToolMethods() {}

    /** Public instance methods, in a fixed order; those of {@link Object} are no tools. */
    static List<Method> of(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method -> !isOfObject(method))
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    /** The annotation of a method, or the one that it inherits. */
    static Optional<CapabilityGuarded> annotationOf(Method method) {
        CapabilityGuarded own = method.getAnnotation(CapabilityGuarded.class);
        if (own != null) {
            return Optional.of(own);
        }
        Set<CapabilityGuarded> inherited = new LinkedHashSet<>();
        collect(method.getDeclaringClass(), method, inherited);
        if (inherited.size() > 1) {
            throw new ConfigurationException(
                    "tool.declared_twice",
                    "supertypes declare " + describe(method)
                            + " differently; put @CapabilityGuarded on the method itself");
        }
        return inherited.stream().findFirst();
    }

    private static void collect(Class<?> type, Method method, Set<CapabilityGuarded> into) {
        try {
            Method same = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
            Optional.ofNullable(same.getAnnotation(CapabilityGuarded.class)).ifPresent(into::add);
        } catch (NoSuchMethodException e) {
            // nothing is said about the method here
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null) {
            collect(parent, method, into);
        }
        for (Class<?> each : type.getInterfaces()) {
            collect(each, method, into);
        }
    }

    static String nameOf(Method method, CapabilityGuarded annotation) {
        return annotation.name().isBlank() ? method.getName() : annotation.name();
    }

    static List<String> parametersOf(Method method) {
        return Arrays.stream(method.getParameters()).map(ToolMethods::nameOf).toList();
    }

    private static String nameOf(Parameter parameter) {
        Argument named = parameter.getAnnotation(Argument.class);
        if (named != null && !named.value().isBlank()) {
            return named.value();
        }
        if (!parameter.isNamePresent()) {
            throw new ConfigurationException(
                    "tool.parameter_name",
                    "the parameters of " + parameter.getDeclaringExecutable().getName()
                            + " have no names: compile with -parameters, or use @Argument");
        }
        return parameter.getName();
    }

    static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
