package ai.paybond.kit.langchain4j;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one tool as they are checked, which are also the ones it runs with.
 *
 * <p>LangChain4j repairs what models write: of two equal keys it takes the last, it drops trailing commas, unwraps
 * JSON in a string, and fills in {@code @P(defaultValue)}. Any of that, done after the check, would run a call that
 * nobody checked. So nothing is repaired here, defaults are filled in before the check, and the tool gets the text
 * that was checked.
 */
final class ToolArguments {
    private static final JsonObject NONE = JsonObject.builder().build();

    private final Map<String, JsonValue> defaults;

    private ToolArguments(Map<String, JsonValue> defaults) {
        this.defaults = defaults;
    }

    /** @throws ConfigurationException when a default of the tool's method is not one JSON value */
    static ToolArguments of(ToolExecutor executor) {
        Map<String, JsonValue> defaults = new LinkedHashMap<>();
        if (executor instanceof DefaultToolExecutor reflective) {
            for (Parameter parameter : reflective.originalMethod().getParameters()) {
                P declared = parameter.getAnnotation(P.class);
                if (declared != null && !P.NO_DEFAULT.equals(declared.defaultValue())) {
                    defaults.put(nameOf(parameter), defaultOf(parameter, declared.defaultValue()));
                }
            }
        }
        return new ToolArguments(defaults);
    }

    /**
     * Reads what the model wrote and adds what it left out; blank text is a call without arguments, as in LangChain4j.
     *
     * @throws JsonException when it is not exactly one JSON object
     */
    JsonObject read(@Nullable String text) {
        return withDefaults(text == null || text.isBlank() ? NONE : JsonObject.parse(text));
    }

    /** The text to run the tool with. */
    static String text(JsonObject checked) {
        return CanonicalJson.strict(checked);
    }

    /** The name under which the model passes a parameter. */
    static String nameOf(Parameter parameter) {
        P declared = parameter.getAnnotation(P.class);
        return declared == null || declared.name().isBlank() ? parameter.getName() : declared.name();
    }

    private JsonObject withDefaults(JsonObject given) {
        JsonObject.Builder complete = JsonObject.builder().putAll(given);
        defaults.forEach((name, value) -> {
            JsonValue present = given.get(name);
            if (present == null || present instanceof JsonNull) {
                complete.put(name, value);
            }
        });
        return complete.build();
    }

    private static JsonValue defaultOf(Parameter parameter, String text) {
        Class<?> type = parameter.getType();
        if (type == String.class || type.isEnum() || type == UUID.class) {
            return new JsonString(text);
        }
        try {
            return JsonValue.parse(text);
        } catch (JsonException e) {
            throw new ConfigurationException(
                    "tool.default_malformed",
                    "the default of parameter " + nameOf(parameter) + " of "
                            + parameter.getDeclaringExecutable().toGenericString() + " is not one JSON value");
        }
    }
}
