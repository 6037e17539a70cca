package ai.paybond.kit.evidence;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies named members out of a result that has members; see {@link EvidenceMapper#members}. */
final class MemberProjection implements EvidenceMapper {
    private final List<String> names;
    private final List<String> optional;

    MemberProjection(List<String> names) {
        this(names, List.of());
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a projection names at least one member, and no blank one");
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("a projection names each member once");
        }
    }

    /** @param optional members to copy where they are present */
    MemberProjection(List<String> required, List<String> optional) {
        this.names = required;
        this.optional = optional;
    }

    @Override
    public EvidenceMapping map(JsonObject arguments, @Nullable Object result) {
        if (result == null) {
            return new Unmapped("result.missing");
        }
        if (result instanceof CharSequence text) {
            return ofText(text.toString());
        }
        if (result instanceof JsonString text) {
            return ofText(String.valueOf(text.toJava()));
        }
        return ofObject(result);
    }

    private EvidenceMapping ofText(String text) {
        try {
            return ofObject(JsonValue.parse(text));
        } catch (JsonException e) {
            return new Unmapped("result.not_json");
        }
    }

    private EvidenceMapping ofObject(Object result) {
        Map<?, ?> members = membersOf(result);
        if (members == null) {
            return new Unmapped("result.not_an_object");
        }
        Map<String, @Nullable Object> selected = new LinkedHashMap<>();
        for (String name : names) {
            if (!members.containsKey(name)) {
                return new Unmapped("result.member_missing");
            }
            selected.put(name, members.get(name));
        }
        optional.stream().filter(members::containsKey).forEach(name -> selected.put(name, members.get(name)));
        return mapped(selected);
    }

    private static EvidenceMapping mapped(Map<String, @Nullable Object> selected) {
        try {
            return new Mapped(JsonObject.of(selected));
        } catch (IllegalArgumentException | JsonException e) {
            return new Unmapped("result.not_representable");
        }
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
