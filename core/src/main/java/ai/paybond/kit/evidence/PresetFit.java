package ai.paybond.kit.evidence;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.completion.Drift;
import ai.paybond.kit.wire.completion.VendorContract;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What may leave as evidence of one preset: the members that it declares, of the types that it declares. */
final class PresetFit {
    private final CompletionPreset preset;
    private final Set<String> declared;

    PresetFit(CompletionPreset preset) {
        this.preset = preset;
        JsonObject properties = preset.evidenceSchema().object("properties").orElseThrow();
        this.declared = new LinkedHashSet<>(properties.members().keySet());
        preset.vendor().map(VendorContract::fields).ifPresent(fields -> declared.addAll(fields.values()));
    }

    /** The canonical names. */
    Set<String> declared() {
        return declared;
    }

    EvidenceMapping check(EvidenceMapping mapping) {
        return mapping instanceof Mapped mapped ? checked(mapped.payload()) : mapping;
    }

    private EvidenceMapping checked(JsonObject payload) {
        List<Drift> drifts = preset.drifts(payload);
        if (drifts.stream().anyMatch(drift -> drift.kind() == Drift.Kind.FORBIDDEN_FIELD_PRESENT)) {
            return new Unmapped("result.forbidden_member");
        }
        if (!drifts.isEmpty()) {
            return new Unmapped("result.schema_mismatch");
        }
        if (FundingEvent.isOne(payload.members())) {
            return new Unmapped("result.funding_event");
        }
        JsonObject.Builder projected = JsonObject.builder();
        payload.members().forEach((name, value) -> {
            if (declared.contains(name)) {
                projected.put(name, value);
            }
        });
        return new Mapped(projected.build());
    }
}
