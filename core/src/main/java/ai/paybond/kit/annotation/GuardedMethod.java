package ai.paybond.kit.annotation;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One method of a guarded object as a tool: its arguments as JSON, and its run with the arguments that were checked. */
final class GuardedMethod {
    private final Method method;
    private final String toolName;
    private final List<String> parameters;
    private final Type[] types;

    GuardedMethod(Method method, String toolName) {
        this.method = method;
        this.toolName = toolName;
        this.parameters = ToolMethods.parametersOf(method);
        this.types = method.getGenericParameterTypes();
        for (Type type : types) {
            JavaValue.requireKnown(type, ToolMethods.describe(method));
        }
        method.setAccessible(true);
    }

    String toolName() {
        return toolName;
    }

    /** @throws IllegalArgumentException when an argument has no JSON form, such as a number that is none */
    JsonObject write(@Nullable Object @Nullable [] arguments) {
        JsonObject.Builder written = JsonObject.builder();
        for (int i = 0; i < parameters.size(); i++) {
            written.put(parameters.get(i), JavaValue.write(arguments == null ? null : arguments[i]));
        }
        return written.build();
    }

    /** Runs the method with the arguments that were checked, and throws what it throws. */
    @Nullable Object run(Object target, JsonObject checked) throws Exception {
        @Nullable Object[] arguments = read(checked);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw GuardedMethod.<Exception>asThrown(e.getCause() == null ? e : e.getCause());
        }
    }

    private @Nullable Object[] read(JsonObject checked) {
        if (checked.members().size() != parameters.size()) {
            throw new ArgumentMismatchException("there are other arguments than parameters");
        }
        @Nullable Object[] arguments = new Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            JsonValue argument = checked.get(parameters.get(i));
            if (argument == null) {
                throw new ArgumentMismatchException("an argument is missing");
            }
            arguments[i] = JavaValue.read(argument, types[i]);
        }
        return arguments;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asThrown(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
