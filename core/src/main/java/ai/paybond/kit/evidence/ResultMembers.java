package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a tool's result.
 *
 * @param members empty when there are none to be had
 * @param unmapped the code that says why there are none; null when the result is an object
 */
record ResultMembers(Map<?, ?> members, @Nullable String unmapped) {

    static ResultMembers of(@Nullable Object result) {
        if (result == null) {
            return none("result.missing");
        }
        if (result instanceof CharSequence text) {
            return ofText(text.toString());
        }
        if (result instanceof JsonString text) {
            return ofText(text.value());
        }
        Map<?, ?> members = membersOf(result);
        return members == null ? none("result.not_an_object") : new ResultMembers(members, null);
    }

    private static ResultMembers ofText(String text) {
        try {
            JsonValue value = JsonValue.parse(text);
            return value instanceof JsonObject object
                    ? new ResultMembers(object.members(), null)
                    : none("result.not_an_object");
        } catch (JsonException e) {
            return none("result.not_json");
        }
    }

    private static ResultMembers none(String unmapped) {
        return new ResultMembers(Map.of(), unmapped);
    }

    private static @Nullable Map<?, ?> membersOf(Object result) {
        if (result instanceof JsonObject object) {
            return object.members();
        }
        if (result instanceof Map<?, ?> map) {
            return map;
        }
        boolean otherJson = result instanceof JsonValue;
        return result instanceof Record value && !otherJson ? componentsOf(value) : null;
    }

    private static @Nullable Map<String, @Nullable Object> componentsOf(Record value) {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                components.put(component.getName(), accessor.invoke(value));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
        return components;
    }
}
