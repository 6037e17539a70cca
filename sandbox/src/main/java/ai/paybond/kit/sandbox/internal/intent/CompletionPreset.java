package ai.paybond.kit.sandbox.internal.intent;

import static ai.paybond.kit.sandbox.internal.intent.PolicyTemplate.API_RESPONSE_V1;
import static ai.paybond.kit.sandbox.internal.intent.PolicyTemplate.ARTIFACT_HASH_V1;
import static ai.paybond.kit.sandbox.internal.intent.PolicyTemplate.COMPLETION_BUDGET_V1;
import static ai.paybond.kit.sandbox.internal.intent.PolicyTemplate.TRUE_V1;
import static ai.paybond.kit.sandbox.internal.intent.PolicyTemplate.WEBHOOK_CONFIRMATION_V1;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The completion presets of the platform's catalogue, as far as a predicate and a schema express them. */
enum CompletionPreset {
    API_RESPONSE_OK(API_RESPONSE_V1, none(), "http_status:integer", "vendor_ref_id", "response_digest"),
    WEBHOOK_CONFIRMED(WEBHOOK_CONFIRMATION_V1, none(), "webhook_event_id", "event_type", "payload_digest"),
    ARTIFACT_ATTESTED(ARTIFACT_HASH_V1, none(), "artifact_blake3_hex:array", "operation", "vendor_ref_id"),
    COST_AND_COMPLETION(COMPLETION_BUDGET_V1, none(), "status", "cost_cents:integer"),
    SANDBOX_PERMISSIVE(TRUE_V1, none()),
    STRIPE_CHARGE(API_RESPONSE_V1, none(), "http_status:integer", "vendor_ref_id", "response_digest"),
    VENDOR_WEBHOOK_CONFIRMED(
            WEBHOOK_CONFIRMATION_V1, event("job.completed"), "webhook_event_id", "event_type", "payload_digest"),
    STRIPE_WEBHOOK_PAYMENT(
            WEBHOOK_CONFIRMATION_V1, event("job.completed"), "webhook_event_id", "event_type", "payload_digest"),
    ACH_PAID_API_OK(API_RESPONSE_V1, none(), "http_status:integer", "vendor_ref_id", "response_digest"),
    ACH_TRAVEL_BOOKING(
            COMPLETION_BUDGET_V1,
            cost("total_cents"),
            "confirmation_number",
            "total_cents:integer",
            "fare_class",
            "status"),
    ACH_VENDOR_WEBHOOK(
            WEBHOOK_CONFIRMATION_V1, event("booking.confirmed"), "webhook_event_id", "event_type", "payload_digest"),
    X402_PAID_API_OK(API_RESPONSE_V1, none(), "http_status:integer", "vendor_ref_id", "response_digest"),
    X402_DELIVERY_RECEIPT(ARTIFACT_HASH_V1, none(), "artifact_blake3_hex:array", "operation", "vendor_ref_id"),
    X402_COST_AND_COMPLETION(COMPLETION_BUDGET_V1, none(), "status", "cost_cents:integer"),
    X402_SAAS_API_PURCHASE(API_RESPONSE_V1, none(), "http_status:integer", "vendor_ref_id", "response_digest"),
    X402_TRAVEL_BOOKING(
            COMPLETION_BUDGET_V1,
            cost("total_cents"),
            "confirmation_number",
            "total_cents:integer",
            "fare_class",
            "status"),
    INVOICE_PAYMENT_CONFIRMED(
            WEBHOOK_CONFIRMATION_V1,
            event("invoice.paid"),
            "invoice_number",
            "payment_reference",
            "webhook_event_id",
            "event_type",
            "payload_digest");

    private final PolicyTemplate template;
    private final JsonObject parameters;
    private final List<String> fields;

    CompletionPreset(PolicyTemplate template, JsonObject parameters, String... fields) {
        this.template = template;
        this.parameters = parameters;
        this.fields = List.of(fields);
    }

    static CompletionPreset of(String id) {
        return Arrays.stream(values())
                .filter(preset -> preset.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("There is no such completion preset."));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    JsonObject predicate() {
        return template.materialise(parameters);
    }

    /** Requires the preset's fields, each of its type, and allows others. */
    JsonObject schema() {
        JsonObject.Builder properties = JsonObject.builder();
        for (String field : fields) {
            String type = field.contains(":") ? field.substring(field.indexOf(':') + 1) : "string";
            properties.put(name(field), JsonObject.builder().put("type", type).build());
        }
        return JsonObject.builder()
                .put("type", "object")
                .put("required", fields.stream().map(CompletionPreset::name).toList())
                .put("properties", properties.build())
                .build();
    }

    private static String name(String field) {
        return field.contains(":") ? field.substring(0, field.indexOf(':')) : field;
    }

    private static JsonObject none() {
        return JsonObject.builder().build();
    }

    private static JsonObject event(String type) {
        return JsonObject.builder().put("expected_event_type", type).build();
    }

    private static JsonObject cost(String field) {
        return JsonObject.builder().put("cost_path", List.of(field)).build();
    }
}
