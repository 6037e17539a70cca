package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of a sandbox run. The Gateway signs it on the payee's behalf.
 *
 * @param intentId the run's intent
 * @param payload what happened
 * @param operation the operation that ran; default the run's
 * @param requestedSpendCents what it cost, in cents; default the run's
 * @param metadata free members for the run's record; default none
 * @param vendorPayload what the vendor answered, from which a vendor preset derives the payload; default none
 * @param artifactsBlake3Hex BLAKE3 of each artifact, 64 hex digits; default none
 */
public record GuardrailEvidence(
        String intentId,
        JsonObject payload,
        @Nullable String operation,
        @Nullable Long requestedSpendCents,
        @Nullable JsonObject metadata,
        @Nullable JsonObject vendorPayload,
        List<String> artifactsBlake3Hex) {
    public GuardrailEvidence {
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(payload, "payload");
        artifactsBlake3Hex = List.copyOf(artifactsBlake3Hex);
    }

    /** Evidence without a vendor's answer and without artifacts. */
    public GuardrailEvidence(
            String intentId,
            JsonObject payload,
            @Nullable String operation,
            @Nullable Long requestedSpendCents,
            @Nullable JsonObject metadata) {
        this(intentId, payload, operation, requestedSpendCents, metadata, null, List.of());
    }

    /** With the vendor's answer. */
    public GuardrailEvidence withVendorPayload(JsonObject answer) {
        return new GuardrailEvidence(
                intentId, payload, operation, requestedSpendCents, metadata, answer, artifactsBlake3Hex);
    }

    /** With these artifacts. */
    public GuardrailEvidence withArtifacts(List<String> blake3Hex) {
        return new GuardrailEvidence(
                intentId, payload, operation, requestedSpendCents, metadata, vendorPayload, blake3Hex);
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("payload", payload)
                .putIfPresent("vendor_payload", vendorPayload)
                .putIfPresent("artifacts", artifactsBlake3Hex.isEmpty() ? null : artifactsBlake3Hex)
                .putIfPresent("operation", operation)
                .putIfPresent("requested_spend_cents", requestedSpendCents)
                .putIfPresent("metadata", metadata)
                .build();
    }

    /** Leaves the payload out, which may hold personal data. */
    @Override
    public String toString() {
        return "GuardrailEvidence[intentId=" + intentId + ", operation=" + operation + "]";
    }
}
