package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Fingerprints;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.commerce.CommerceBinding;
import ai.paybond.kit.wire.commerce.CommerceBinding.NoteAttribute;
import ai.paybond.kit.wire.commerce.Payments;
import ai.paybond.kit.wire.commerce.StripeCharge;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.completion.SchemaDigest;
import ai.paybond.kit.wire.intent.CompletionContract;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.internal.Timestamps;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.policy.PolicyDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Presets, policies, bindings at payment providers, and small rules. */
final class CommerceVectors {
    static final Map<String, Consumer<VectorFile>> RUNNERS = Map.of(
            "completion-contract-digest.json", CommerceVectors::completion,
            "policy-digest.json", CommerceVectors::policy,
            "commerce-binding.json", CommerceVectors::bindings,
            "misc.json", CommerceVectors::misc);

    private CommerceVectors() {}

    private static void completion(VectorFile file) {
        file.each("vendor_packs", entry -> {
            Digest32 vendor = SchemaDigest.of(entry.object("vendor_evidence_schema_json"));
            Digest32 canonical = SchemaDigest.of(entry.object("evidence_schema_json"));
            JsonObject computed = JsonObject.builder()
                    .put("schema_digest_hex", vendor.hex())
                    .put("canonical_schema_digest_hex", canonical.hex())
                    .build();
            entry.same("computed", () -> computed);
            entry.same(
                    "matches", () -> Optional.of(computed).equals(entry.vector().object("expected_in_catalog")));
        });
        CompletionCatalog catalog = CompletionCatalog.bundled();
        file.each(
                "snapshots",
                entry -> entry.same(
                        "snapshot",
                        () -> snapshot(catalog.contract(entry.text("preset_id"))
                                .orElseThrow(() -> new WireException("completion.unknown", "no such preset")))));
    }

    private static JsonObject snapshot(CompletionContract contract) {
        boolean vendor = !contract.provider().isEmpty();
        return JsonObject.builder()
                .put("completionPresetId", contract.presetId())
                .putIfPresent("vendorContractProvider", vendor ? contract.provider() : null)
                .putIfPresent("vendorApiVersion", vendor ? contract.apiVersion() : null)
                .putIfPresent(
                        "vendorSchemaDigestHex",
                        vendor ? contract.vendorSchemaDigest().hex() : null)
                .put(
                        "canonicalSchemaDigestHex",
                        contract.canonicalSchemaDigest().hex())
                .build();
    }

    private static void policy(VectorFile file) {
        file.each("vectors", entry -> {
            PolicyDigest digest = PolicyDigest.of(entry.object("document_json"), Strictness.PEER);
            entry.same("wire_canonical_json", digest::canonicalJson);
            entry.same("digest", digest::text);
            entry.same("version_label", digest::versionLabel);
        });
        file.each(
                "labels",
                entry ->
                        entry.same("label", () -> PolicyDigest.versionLabel(entry.text("name"), entry.text("digest"))));
        file.information("preset_files_in_repo");
    }

    private static void bindings(VectorFile file) {
        file.each(
                "stripe_encode",
                entry -> entry.sameOrRefused(
                        "result", () -> JsonObject.of(binding(entry).toStripe(metadata(entry)))));
        file.each(
                "stripe_decode",
                entry -> entry.sameOrRefused(
                        "result",
                        () -> decoded(entry.vector().object("metadata").flatMap(CommerceBinding::fromStripe))));
        file.each(
                "shopify_encode",
                entry -> entry.sameOrRefused(
                        "result", () -> attributes(binding(entry).toShopify(existing(entry)))));
        file.each(
                "shopify_decode",
                entry -> entry.sameOrRefused(
                        "result",
                        () -> decoded(entry.vector().array("note_attributes").flatMap(CommerceBinding::fromShopify))));
    }

    private static CommerceBinding binding(VectorEntry entry) {
        JsonObject binding = entry.vector().object("binding").orElseThrow();
        return new CommerceBinding(VectorEntry.text(binding, "tenantId"), VectorEntry.text(binding, "intentId"));
    }

    private static Map<String, String> metadata(VectorEntry entry) {
        Map<String, String> metadata = new LinkedHashMap<>();
        entry.vector().object("existing").ifPresent(existing -> existing.members()
                .keySet()
                .forEach(name -> existing.string(name).ifPresent(value -> metadata.put(name, value))));
        return metadata;
    }

    private static List<NoteAttribute> existing(VectorEntry entry) {
        return entry.vector()
                .array("existing")
                .map(JsonArray::objectItems)
                .map(items -> items.map(item ->
                                new NoteAttribute(VectorEntry.text(item, "name"), VectorEntry.text(item, "value")))
                        .toList())
                .orElse(List.of());
    }

    private static JsonValue attributes(List<NoteAttribute> attributes) {
        return JsonArray.of(attributes.stream()
                .map(attribute -> JsonObject.builder()
                        .put("name", attribute.name())
                        .put("value", attribute.value())
                        .build())
                .toList());
    }

    private static JsonValue decoded(Optional<CommerceBinding> binding) {
        return binding.<JsonValue>map(found -> JsonObject.builder()
                        .put("tenantId", found.tenantId())
                        .put("intentId", found.intentId())
                        .build())
                .orElse(JsonNull.NULL);
    }

    private static void misc(VectorFile file) {
        file.each(
                "evidence_gate_key",
                entry -> entry.same(
                        "blake3_hex",
                        () -> Fingerprints.evidenceGateKey(
                                VectorEntry.text(entry.input(), "presetId"),
                                entry.input().get("vendorPayload"),
                                entry.input().get("canonicalPayload"))));
        file.each(
                "stripe_response_digest",
                entry -> entry.same(
                        "result", () -> StripeCharge.of(entry.input()).evidence()));
        file.each(
                "usdc_base_units",
                entry -> entry.same(
                        "base_units",
                        () -> Payments.usdcBaseUnits(
                                entry.vector().integer("cents").orElseThrow())));
        file.each(
                "payment_authorization",
                entry -> entry.sameOrRefused("result", () -> Payments.authorization(entry.text("in"))));
        file.each(
                "cli_install_id_hash",
                entry -> entry.same("sha256_hex", () -> Fingerprints.installId(entry.text("in"))));
        text(file);
    }

    private static void text(VectorFile file) {
        file.each(
                "js_trim",
                entry -> entry.same("trimmed", () -> {
                    String character = Character.toString(Integer.parseInt(entry.text("code_point_hex"), 16));
                    return Text.trim(character + "x" + character).equals("x");
                }));
        file.each("js_lower_case", entry -> entry.same("out", () -> Text.lower(entry.text("in"))));
        file.each("js_date", entry -> entry.verdict(true, () -> isSameInstantOrRefused(entry)));
    }

    /** The peer's reader takes many shapes; ours takes RFC 3339 and must then mean the same instant. */
    private static boolean isSameInstantOrRefused(VectorEntry entry) {
        Instant read;
        try {
            read = Timestamps.parse(entry.text("in"), "date");
        } catch (WireException e) {
            return true;
        }
        return entry.vector()
                .string("iso")
                .filter(iso -> Instant.parse(iso).equals(read.truncatedTo(ChronoUnit.MILLIS)))
                .isPresent();
    }
}
