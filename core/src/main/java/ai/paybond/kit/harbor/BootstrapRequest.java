package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox run is to allow.
 *
 * @param operation the one operation the run's capability covers
 * @param requestedSpendCents the run's budget, in cents
 * @param currency lower-case currency code; default the Gateway's
 * @param completionPreset the preset that judges the evidence; default none
 * @param evidenceSchema the JSON schema that evidence must conform to; default none, and never together with a preset
 * @param template the policy template that judges the evidence; default none, and never together with a preset
 * @param metadata free members for the run's record; default none
 * @param idempotencyKey the key under which repeats count once; default drawn by the client
 */
public record BootstrapRequest(
        String operation,
        long requestedSpendCents,
        @Nullable String currency,
        @Nullable String completionPreset,
        @Nullable JsonObject evidenceSchema,
        @Nullable Template template,
        @Nullable JsonObject metadata,
        @Nullable String idempotencyKey) {

    /**
     * A policy template and what fills it.
     *
     * @param id such as {@code completion_budget_v1}
     * @param parameters the template's own
     */
    public record Template(String id, JsonObject parameters) {
        public Template {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(parameters, "parameters");
        }
    }

    /**
     * @throws ConfigurationException {@code guardrail.preset_and_schema} or {@code guardrail.preset_and_template}, which the
     *     Gateway would refuse as well
     */
    public BootstrapRequest {
        Objects.requireNonNull(operation, "operation");
        if (completionPreset != null && evidenceSchema != null) {
            throw new ConfigurationException(
                    "guardrail.preset_and_schema", "a completion preset brings its own evidence schema");
        }
        if (completionPreset != null && template != null) {
            throw new ConfigurationException(
                    "guardrail.preset_and_template", "a completion preset brings its own template");
        }
    }

    /** A run with every default. */
    public static BootstrapRequest of(String operation, long requestedSpendCents) {
        return new BootstrapRequest(operation, requestedSpendCents, null, null, null, null, null, null);
    }

    /** In this currency. */
    public BootstrapRequest withCurrency(String code) {
        return new BootstrapRequest(
                operation,
                requestedSpendCents,
                code,
                completionPreset,
                evidenceSchema,
                template,
                metadata,
                idempotencyKey);
    }

    /** Judged by this preset. */
    public BootstrapRequest withCompletionPreset(String preset) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, preset, evidenceSchema, template, metadata, idempotencyKey);
    }

    /** Judged by this schema. */
    public BootstrapRequest withEvidenceSchema(JsonObject schema) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, completionPreset, schema, template, metadata, idempotencyKey);
    }

    /** Judged by this template. */
    public BootstrapRequest withTemplate(Template filled) {
        return new BootstrapRequest(
                operation,
                requestedSpendCents,
                currency,
                completionPreset,
                evidenceSchema,
                filled,
                metadata,
                idempotencyKey);
    }

    /** With these members in the run's record. */
    public BootstrapRequest withMetadata(JsonObject members) {
        return new BootstrapRequest(
                operation,
                requestedSpendCents,
                currency,
                completionPreset,
                evidenceSchema,
                template,
                members,
                idempotencyKey);
    }

    /** Under a key of the caller's. */
    public BootstrapRequest withIdempotencyKey(String key) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, completionPreset, evidenceSchema, template, metadata, key);
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("operation", operation)
                .put("requested_spend_cents", requestedSpendCents)
                .putIfPresent("currency", currency)
                .putIfPresent("completion_preset", completionPreset)
                .putIfPresent("evidence_schema", evidenceSchema)
                .putIfPresent("metadata", metadata)
                .putIfPresent("template_id", template == null ? null : template.id())
                .putIfPresent("parameters", template == null ? null : template.parameters())
                .build();
    }
}
