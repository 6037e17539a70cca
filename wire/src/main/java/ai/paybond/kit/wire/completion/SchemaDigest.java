package ai.paybond.kit.wire.completion;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/**
 * Digests of schemas (BLAKE3 over canonical JSON, 32 bytes), and the checks that a published contract must pass.
 * Source: Paybond Kit wire format, section 6.
 */
public final class SchemaDigest {
    private SchemaDigest() {}

    /**
     * BLAKE3 over the strict canonical JSON of a schema.
     *
     * @throws ai.paybond.kit.wire.json.JsonException if it has no unambiguous canonical form
     */
    public static Digest32 of(JsonObject schema) {
        return Digest32.ofCanonical(schema);
    }

    /**
     * Checks a vendor pack of a catalogue: both digests fit, and every quality field is a property of the vendor's
     * schema.
     *
     * @throws WireException {@code completion.schema_digest}, {@code completion.canonical_schema_digest},
     *     {@code completion.quality_fields_empty} or {@code completion.quality_field_unknown}
     */
    public static void requireContract(
            JsonObject vendorSchema,
            Digest32 vendorDigest,
            JsonObject canonicalSchema,
            Digest32 canonicalDigest,
            List<String> qualityFields) {
        Rules.require(of(vendorSchema).equals(vendorDigest), "completion.schema_digest", "another vendor schema");
        boolean canonical = of(canonicalSchema).equals(canonicalDigest);
        Rules.require(canonical, "completion.canonical_schema_digest", "another canonical schema");
        Rules.require(!qualityFields.isEmpty(), "completion.quality_fields_empty", "no quality fields");
        JsonObject properties = vendorSchema.object("properties").orElseGet(() -> JsonObject.builder()
                .build());
        boolean known = qualityFields.stream().allMatch(properties::has);
        Rules.require(known, "completion.quality_field_unknown", "a quality field that the vendor does not send");
    }
}
