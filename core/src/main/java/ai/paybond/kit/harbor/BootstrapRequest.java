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
 * @param metadata free members for the run's record; default none
 * @param idempotencyKey the key under which repeats count once; default drawn by the client
 */
public record BootstrapRequest(
        String operation,
        long requestedSpendCents,
        @Nullable String currency,
        @Nullable String completionPreset,
        @Nullable JsonObject evidenceSchema,
        @Nullable JsonObject metadata,
        @Nullable String idempotencyKey) {

    /** @throws ConfigurationException {@code guardrail.preset_and_schema}, which the Gateway would refuse as well */
    public BootstrapRequest {
        Objects.requireNonNull(operation, "operation");
        if (completionPreset != null && evidenceSchema != null) {
            throw new ConfigurationException(
                    "guardrail.preset_and_schema", "a completion preset brings its own evidence schema");
        }
    }

    /** A run with every default. */
    public static BootstrapRequest of(String operation, long requestedSpendCents) {
        return new BootstrapRequest(operation, requestedSpendCents, null, null, null, null, null);
    }

    /** In this currency. */
    public BootstrapRequest withCurrency(String code) {
        return new BootstrapRequest(
                operation, requestedSpendCents, code, completionPreset, evidenceSchema, metadata, idempotencyKey);
    }

    /** Judged by this preset. */
    public BootstrapRequest withCompletionPreset(String preset) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, preset, evidenceSchema, metadata, idempotencyKey);
    }

    /** Judged by this schema. */
    public BootstrapRequest withEvidenceSchema(JsonObject schema) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, completionPreset, schema, metadata, idempotencyKey);
    }

    /** With these members in the run's record. */
    public BootstrapRequest withMetadata(JsonObject members) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, completionPreset, evidenceSchema, members, idempotencyKey);
    }

    /** Under a key of the caller's. */
    public BootstrapRequest withIdempotencyKey(String key) {
        return new BootstrapRequest(
                operation, requestedSpendCents, currency, completionPreset, evidenceSchema, metadata, key);
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("operation", operation)
                .put("requested_spend_cents", requestedSpendCents)
                .putIfPresent("currency", currency)
                .putIfPresent("completion_preset", completionPreset)
                .putIfPresent("evidence_schema", evidenceSchema)
                .putIfPresent("metadata", metadata)
                .build();
    }
}
