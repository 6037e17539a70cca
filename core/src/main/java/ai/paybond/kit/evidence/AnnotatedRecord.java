package ai.paybond.kit.evidence;

import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.completion.VendorContract;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps the annotated components of one record; see {@link EvidenceMapper#annotated}. */
final class AnnotatedRecord implements EvidenceMapper {
    private static final Set<Class<?>> TEXTS = Set.of(String.class);
    private static final Set<Class<?>> INTEGERS =
            Set.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class);
    private static final Set<Class<?>> LISTS = Set.of(List.class, String[].class);

    private final Class<? extends Record> type;
    private final CompletionPreset preset;
    private final Map<String, String> members = new LinkedHashMap<>();
    private final EvidenceMapper projection;

    AnnotatedRecord(Class<? extends Record> type) {
        this.type = type;
        this.preset = presetOf(type);
        Map<String, String> known = knownTypes();
        for (RecordComponent component : type.getRecordComponents()) {
            EvidenceField field = component.getAnnotation(EvidenceField.class);
            if (field != null) {
                add(component, field.value().isEmpty() ? component.getName() : field.value(), known);
            }
        }
        requireWhole();
        this.projection = EvidenceMapper.preset(preset);
    }

    private static CompletionPreset presetOf(Class<?> type) {
        Evidence evidence = type.getAnnotation(Evidence.class);
        if (evidence == null) {
            throw new IllegalArgumentException(type.getName() + " is not annotated with @Evidence");
        }
        return CompletionCatalog.bundled()
                .find(evidence.preset())
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " names an unknown preset"));
    }

    /** Every name that the preset or its vendor has, with the JSON type that it has there. */
    private Map<String, String> knownTypes() {
        Map<String, String> types = new HashMap<>(typesOf(preset.evidenceSchema()));
        preset.vendor()
                .map(VendorContract::schema)
                .map(AnnotatedRecord::typesOf)
                .ifPresent(types::putAll);
        return types;
    }

    private static Map<String, String> typesOf(JsonObject schema) {
        Map<String, String> types = new HashMap<>();
        JsonObject properties = schema.object("properties").orElseThrow();
        properties
                .members()
                .keySet()
                .forEach(name -> types.put(
                        name,
                        properties.object(name).flatMap(it -> it.string("type")).orElse("")));
        return types;
    }

    private void add(RecordComponent component, String member, Map<String, String> known) {
        String expected = known.get(member);
        if (expected == null) {
            throw mistake("the preset has no member " + member);
        }
        Set<Class<?>> fitting = expected.equals("string") ? TEXTS : expected.equals("integer") ? INTEGERS : LISTS;
        if (!fitting.contains(component.getType())) {
            throw mistake(component.getName() + " is no " + expected);
        }
        if (members.putIfAbsent(member, component.getName()) != null) {
            throw mistake(member + " is given twice");
        }
    }

    private void requireWhole() {
        boolean asVendor = preset.vendor()
                .filter(vendor -> members.keySet().containsAll(vendor.fields().keySet()))
                .isPresent();
        List<String> required = preset.evidenceSchema()
                .array("required")
                .flatMap(JsonArray::strings)
                .orElse(List.of());
        if (members.isEmpty() || (!asVendor && !members.keySet().containsAll(required))) {
            throw mistake("lacks what " + preset.id() + " requires: " + required);
        }
    }

    private IllegalArgumentException mistake(String message) {
        return new IllegalArgumentException(type.getName() + ": " + message);
    }

    @Override
    public EvidenceMapping map(JsonObject arguments, @Nullable Object result) {
        ResultMembers read = ResultMembers.of(result);
        if (read.unmapped() != null) {
            return new Unmapped(read.unmapped());
        }
        if (result instanceof Record && !(result instanceof JsonObject) && !type.isInstance(result)) {
            return new Unmapped("result.other_type");
        }
        Map<String, Object> selected = new LinkedHashMap<>();
        members.forEach((member, component) -> {
            Object value = read.members().get(component);
            if (value != null && value != JsonNull.NULL) {
                selected.put(member, value);
            }
        });
        return projection.map(arguments, selected);
    }
}
