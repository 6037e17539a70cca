package ai.paybond.kit.evidence;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.completion.VendorContract;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies what a completion preset's schema names; see {@link EvidenceMapper#preset}. */
final class PresetProjection implements EvidenceMapper {
    private final CompletionPreset preset;
    private final JsonObject properties;
    private final MemberProjection canonical;
    private final Map<String, String> vendorFields;

    PresetProjection(CompletionPreset preset) {
        this.preset = Objects.requireNonNull(preset, "preset");
        JsonObject schema = preset.evidenceSchema();
        this.properties = schema.object("properties").orElseThrow();
        List<String> required =
                schema.array("required").flatMap(JsonArray::strings).orElse(List.of());
        List<String> optional = properties.members().keySet().stream()
                .filter(name -> !required.contains(name))
                .toList();
        this.canonical = new MemberProjection(required, optional);
        this.vendorFields = preset.vendor().map(VendorContract::fields).orElse(Map.of());
    }

    @Override
    public EvidenceMapping map(JsonObject arguments, @Nullable Object result) {
        if (vendorFields.isEmpty()) {
            return checked(canonical.map(arguments, result));
        }
        EvidenceMapping asVendor = new MemberProjection(List.copyOf(vendorFields.keySet())).map(arguments, result);
        if (asVendor instanceof Mapped mapped) {
            return checked(new Mapped(renamed(mapped.payload())));
        }
        return canonical.map(arguments, result) instanceof Mapped mapped ? checked(mapped) : asVendor;
    }

    private JsonObject renamed(JsonObject vendor) {
        JsonObject.Builder renamed = JsonObject.builder();
        vendorFields.forEach((theirs, ours) -> renamed.put(ours, listed(ours, vendor.get(theirs))));
        return renamed.build();
    }

    /** A vendor sends the one digest where the schema has a list of them. */
    private @Nullable Object listed(String name, @Nullable JsonValue value) {
        boolean list = properties.object(name).flatMap(it -> it.string("type")).equals(Optional.of("array"));
        return list && value instanceof JsonString ? List.of(value) : value;
    }

    private EvidenceMapping checked(EvidenceMapping mapping) {
        boolean drifted = mapping instanceof Mapped mapped
                && !preset.drifts(mapped.payload()).isEmpty();
        return drifted ? new Unmapped("result.schema_mismatch") : mapping;
    }
}
