package ai.paybond.kit.annotation;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as members, and back. */
final class Records {
    private Records() {}

    static Map<String, @Nullable Object> membersOf(Record record) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                members.put(component.getName(), accessor.invoke(record));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a record that cannot be read", e);
        }
        return members;
    }

    /** @throws RuntimeException when the members are not exactly its components */
    static Object make(Class<?> type, JsonObject members) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            JsonValue member = members.get(components[i].getName());
            if (member == null) {
                throw new IllegalArgumentException("a member is missing");
            }
            types[i] = components[i].getType();
            values[i] = JavaValue.read(member, components[i].getGenericType());
        }
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a record that cannot be made", e);
        }
    }
}
