package ai.paybond.kit.wire.completion;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One way of proving that a purchase was completed. An archetype stands alone; a vendor pack maps a vendor's own fields
 * to an archetype's. Immutable. Amounts are in cents; digests are BLAKE3 over canonical JSON. Source: Paybond Kit wire
 * format, section 6, for what is hashed and signed; the recommendations are the catalogue's.
 */
public final class CompletionPreset {
    private final JsonObject json;
    private final @Nullable VendorContract vendor;

    CompletionPreset(JsonObject json, @Nullable VendorContract vendor) {
        this.json = Objects.requireNonNull(json, "json");
        this.vendor = vendor;
    }

    /** The id, as intents name it. */
    public String id() {
        return text("id");
    }

    /** The policy template that evaluates this evidence. */
    public String template() {
        return text("template");
    }

    /** True for a vendor pack, false for an archetype. */
    public boolean isVendorPack() {
        return vendor != null;
    }

    /** Empty for archetypes. */
    public Optional<VendorContract> vendor() {
        return Optional.ofNullable(vendor);
    }

    /** The preset this one was replaced by, if it is deprecated. */
    public Optional<String> replacedBy() {
        return json.string("replaced_by");
    }

    /** JSON Schema of the canonical evidence. */
    public JsonObject evidenceSchema() {
        return json.object("evidence_schema").orElseThrow();
    }

    /** BLAKE3 over the canonical JSON of {@link #evidenceSchema()}. */
    public Digest32 evidenceSchemaDigest() {
        return SchemaDigest.of(evidenceSchema());
    }

    /** Members whose value is fixed when the purchase succeeded, with that value. */
    public JsonObject expected() {
        return json.object("expected").orElseThrow();
    }

    /** Rails this preset is for; empty means any. */
    public List<String> rails() {
        return strings("rails");
    }

    /** Members that speak of funding and must not be offered as proof of completion. */
    public List<String> forbiddenFields() {
        return strings("forbidden_fields");
    }

    /** A sensible spend for one call, in cents. */
    public OptionalLong recommendedCents() {
        return cents("recommended");
    }

    /** From here on a person should approve, in cents. */
    public OptionalLong approvalCents() {
        return cents("approval");
    }

    /** The most one tool should spend, in cents. */
    public OptionalLong maxCents() {
        return cents("max");
    }

    private OptionalLong cents(String name) {
        return json.object("amounts_cents")
                .flatMap(amounts -> amounts.integer(name))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private List<String> strings(String name) {
        return json.array(name).flatMap(JsonArray::strings).orElse(List.of());
    }

    private String text(String name) {
        return json.string(name).orElseThrow();
    }

    /** What an intent signs about this preset; an archetype has empty provider and version and a zero vendor digest. */
    public CompletionContract contract() {
        Digest32 none = Digest32.of(new byte[32]);
        return new CompletionContract(
                id(),
                vendor().map(VendorContract::provider).orElse(""),
                vendor().map(VendorContract::apiVersion).orElse(""),
                vendor().map(VendorContract::schemaDigest).orElse(none),
                evidenceSchemaDigest());
    }

    /**
     * How canonical evidence fails to fit: required members, types of known members, forbidden members. Empty if it
     * fits; members it does not know do not count.
     */
    public List<Drift> drifts(JsonObject evidence) {
        List<Drift> drifts = new ArrayList<>(FlatSchema.drifts(evidenceSchema(), evidence));
        forbiddenFields().stream()
                .filter(evidence::has)
                .forEach(name -> drifts.add(new Drift(Drift.Kind.FORBIDDEN_FIELD_PRESENT, name)));
        return List.copyOf(drifts);
    }

    @Override
    public String toString() {
        return "CompletionPreset[" + id() + "]";
    }
}
