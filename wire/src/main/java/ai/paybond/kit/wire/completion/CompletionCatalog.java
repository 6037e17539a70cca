package ai.paybond.kit.wire.completion;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The 17 completion presets of Paybond, in our own file: the published catalogue file itself is not part of this kit,
 * and its integrity hash is not checked. Immutable and thread-safe. Source: Paybond Kit wire format, section 6.
 */
public final class CompletionCatalog {
    private static final String RESOURCE = "presets.json";

    private final Map<String, CompletionPreset> presets;

    private CompletionCatalog(Map<String, CompletionPreset> presets) {
        this.presets = presets;
    }

    /** Reads the bundled presets; each call reads them anew. */
    public static CompletionCatalog bundled() {
        try (InputStream in = CompletionCatalog.class.getResourceAsStream(RESOURCE)) {
            return parse(JsonObject.parse(Objects.requireNonNull(in, RESOURCE).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }

    private static CompletionCatalog parse(JsonObject catalog) {
        Map<String, CompletionPreset> presets = new LinkedHashMap<>();
        catalog.array("presets").orElseThrow().objectItems().forEach(json -> {
            CompletionPreset preset = new CompletionPreset(
                    json, json.object("vendor").map(CompletionCatalog::vendor).orElse(null));
            presets.put(preset.id(), preset);
        });
        return new CompletionCatalog(presets);
    }

    private static VendorContract vendor(JsonObject vendor) {
        JsonObject schema = vendor.object("schema").orElseThrow();
        Map<String, String> fields = new LinkedHashMap<>();
        JsonObject mapping = vendor.object("fields").orElseThrow();
        mapping.members()
                .keySet()
                .forEach(name -> fields.put(name, mapping.string(name).orElseThrow()));
        return new VendorContract(
                vendor.string("provider").orElseThrow(),
                vendor.string("api_version").orElseThrow(),
                schema,
                vendor.string("published_schema_digest_hex")
                        .map(Digest32::ofHex)
                        .orElseGet(() -> SchemaDigest.of(schema)),
                fields);
    }

    /** The preset of exactly this id. */
    public Optional<CompletionPreset> find(String id) {
        return Optional.ofNullable(presets.get(id));
    }

    /** In catalogue order: archetypes, then vendor packs. */
    public Collection<CompletionPreset> presets() {
        return List.copyOf(presets.values());
    }

    /** What an intent signs about a preset; empty if it is unknown. */
    public Optional<CompletionContract> contract(String id) {
        return find(id).map(CompletionPreset::contract);
    }
}
