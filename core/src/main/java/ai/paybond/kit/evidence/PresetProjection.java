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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies what a completion preset's schema names; see {@link EvidenceMapper#preset}. */
final class PresetProjection implements EvidenceMapper {
    private final JsonObject properties;
    private final PresetFit fit;
    private final MemberProjection canonical;
    private final Optional<VendorContract> vendor;

    PresetProjection(CompletionPreset preset) {
        JsonObject schema = preset.evidenceSchema();
        this.properties = schema.object("properties").orElseThrow();
        this.fit = new PresetFit(preset);
        this.vendor = preset.vendor();
        List<String> required =
                schema.array("required").flatMap(JsonArray::strings).orElse(List.of());
        List<String> optional = properties.members().keySet().stream()
                .filter(name -> !required.contains(name))
                .toList();
        this.canonical = new MemberProjection(required, optional);
    }

    @Override
    public EvidenceMapping map(JsonObject arguments, @Nullable Object result) {
        ResultMembers members = ResultMembers.of(result);
        if (FundingEvent.isOne(members.members())) {
            return new Unmapped("result.funding_event");
        }
        return fit.check(vendor.map(contract -> asVendor(contract, members)).orElseGet(() -> canonical.map(members)));
    }

    private EvidenceMapping asVendor(VendorContract contract, ResultMembers members) {
        List<String> names = List.copyOf(contract.fields().keySet());
        EvidenceMapping mapping = new MemberProjection(names).map(members);
        if (mapping instanceof Mapped mapped) {
            JsonObject theirs = mapped.payload();
            return contract.drifts(theirs).isEmpty()
                    ? new Mapped(renamed(contract, theirs))
                    : new Unmapped("result.schema_mismatch");
        }
        EvidenceMapping ours = canonical.map(members);
        return ours instanceof Mapped ? ours : mapping;
    }

    private JsonObject renamed(VendorContract contract, JsonObject vendor) {
        JsonObject.Builder renamed = JsonObject.builder();
        contract.fields().forEach((theirs, ours) -> renamed.put(ours, listed(ours, vendor.get(theirs))));
        return renamed.build();
    }

    /** A vendor sends the one digest where the schema has a list of them. */
    private @Nullable Object listed(String name, @Nullable JsonValue value) {
        boolean list = properties.object(name).flatMap(it -> it.string("type")).equals(Optional.of("array"));
        return list && value instanceof JsonString ? List.of(value) : value;
    }
}
