package ai.paybond.kit.annotation;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method as a tool, for integrations that intercept calls themselves: its arguments as JSON, and back as the values that
 * were checked. Immutable. Where an interface can be guarded, {@link GuardedProxy} does all of this.
 */
public final class GuardedMethod {
    private final Method method;
    private final String toolName;
    private final List<String> parameters;
    private final Type[] types;

    /**
     * A method under the name of its tool.
     *
     * @throws ConfigurationException {@code tool.parameter_type} and {@code tool.parameter_name} when arguments have no form in
     *     JSON or no name
     */
    public static GuardedMethod of(Method method, String toolName) {
        return new GuardedMethod(method, toolName);
    }

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

    /** The tool that a call of the method is. */
    public String toolName() {
        return toolName;
    }

    /**
     * The arguments as the guard checks them, by the names of the parameters.
     *
     * @throws ArgumentMismatchException when an argument has no JSON form, such as a number that is none
     */
    public JsonObject write(@Nullable Object @Nullable [] arguments) {
        try {
            JsonObject.Builder written = JsonObject.builder();
            for (int i = 0; i < parameters.size(); i++) {
                written.put(parameters.get(i), JavaValue.write(arguments == null ? null : arguments[i]));
            }
            return written.build();
        } catch (IllegalArgumentException e) {
            throw new ArgumentMismatchException("an argument of tool " + toolName + " has no form in JSON");
        }
    }

    /** What an evidence mapper is shown of the method's result: JSON if it has such a form, otherwise the result. */
    public static @Nullable Object evidenceOf(@Nullable Object result) {
        return JavaValue.viewOf(result);
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

    /**
     * The values to run the method with, once they were checked.
     *
     * @throws ArgumentMismatchException when they are not exactly values of the parameters
     */
    public @Nullable Object[] read(JsonObject checked) {
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
