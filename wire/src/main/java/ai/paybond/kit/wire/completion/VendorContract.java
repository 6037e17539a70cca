package ai.paybond.kit.wire.completion;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The vendor's side of a preset. Immutable. Provider, version and digest are what an intent signs. Source: Paybond Kit
 * wire format, section 6.
 *
 * @param provider the vendor's name
 * @param apiVersion the vendor's version text
 * @param schema JSON Schema of the evidence as the vendor spells it
 * @param schemaDigest the published digest of that schema, which intents sign
 * @param fields vendor member to canonical member
 */
public record VendorContract(
        String provider, String apiVersion, JsonObject schema, Digest32 schemaDigest, Map<String, String> fields) {
    public VendorContract {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(schemaDigest, "schemaDigest");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** How a result in the vendor's names fails to fit: required members and types of known members. Empty if it fits. */
    public List<Drift> drifts(JsonObject result) {
        return List.copyOf(FlatSchema.drifts(schema, result));
    }

    /**
     * True if {@link #schema()} hashes to {@link #schemaDigest()}. For three presets only the digest is public; their
     * schema here has the same members and types without the published descriptions.
     */
    public boolean isSchemaExact() {
        return SchemaDigest.of(schema).equals(schemaDigest);
    }
}
