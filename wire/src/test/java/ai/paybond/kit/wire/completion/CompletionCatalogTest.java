package ai.paybond.kit.wire.completion;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompletionCatalogTest {
    private static final CompletionCatalog CATALOG = CompletionCatalog.bundled();

    private static CompletionPreset preset(String id) {
        return CATALOG.find(id).orElseThrow();
    }

    @Test
    void holdsFiveArchetypesAndTwelveVendorPacks() {
        assertThat(CATALOG.presets()).hasSize(17);
        assertThat(CATALOG.presets()).filteredOn(CompletionPreset::isVendorPack).hasSize(12);
        assertThat(CATALOG.find("no_such_preset")).isEmpty();
    }

    @Test
    void saysWhichPublishedSchemasItCannotReproduce() {
        Set<String> inexact = CATALOG.presets().stream()
                .filter(preset -> preset.vendor()
                        .filter(vendor -> !vendor.isSchemaExact())
                        .isPresent())
                .map(CompletionPreset::id)
                .collect(Collectors.toSet());

        assertThat(inexact)
                .containsExactlyInAnyOrder("ach_paid_api_ok", "x402_delivery_receipt", "invoice_payment_confirmed");
    }

    @Test
    void mapsEveryVendorFieldToSomething() {
        assertThat(CATALOG.presets())
                .allSatisfy(preset -> preset.vendor().ifPresent(vendor -> assertThat(vendor.schema()
                                .object("properties")
                                .orElseThrow()
                                .members()
                                .keySet())
                        .isEqualTo(vendor.fields().keySet())));
    }

    @Test
    void namesEveryWayInWhichEvidenceDoesNotFit() {
        JsonObject evidence = JsonObject.parse("{\"http_status\":\"200\",\"vendor_ref_id\":\"x\",\"mandate_id\":1}");

        assertThat(preset("stripe_charge").drifts(evidence))
                .containsExactly(
                        new Drift(Drift.Kind.MISSING_FIELD, "response_digest"),
                        new Drift(Drift.Kind.TYPE_MISMATCH, "http_status"),
                        new Drift(Drift.Kind.FORBIDDEN_FIELD_PRESENT, "mandate_id"));
        assertThat(preset("cost_and_completion")
                        .drifts(JsonObject.parse("{\"status\":\"completed\",\"cost_cents\":1}")))
                .isEmpty();
    }

    @Test
    void refusesAContractWhoseSchemasOrFieldsDoNotFit() {
        JsonObject vendor = preset("stripe_charge").vendor().orElseThrow().schema();
        JsonObject canonical = preset("stripe_charge").evidenceSchema();
        Digest32 vendorDigest = SchemaDigest.of(vendor);
        Digest32 canonicalDigest = SchemaDigest.of(canonical);

        SchemaDigest.requireContract(vendor, vendorDigest, canonical, canonicalDigest, List.of("charge_id"));
        assertRefused(
                "completion.schema_digest",
                () -> SchemaDigest.requireContract(
                        vendor, canonicalDigest, canonical, canonicalDigest, List.of("charge_id")));
        assertRefused(
                "completion.canonical_schema_digest",
                () -> SchemaDigest.requireContract(
                        vendor, vendorDigest, canonical, vendorDigest, List.of("charge_id")));
        assertRefused(
                "completion.quality_fields_empty",
                () -> SchemaDigest.requireContract(vendor, vendorDigest, canonical, canonicalDigest, List.of()));
        assertRefused(
                "completion.quality_field_unknown",
                () -> SchemaDigest.requireContract(
                        vendor, vendorDigest, canonical, canonicalDigest, List.of("vendor_ref_id")));
    }
}
