package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
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
 */
public record GuardrailEvidence(
        String intentId,
        JsonObject payload,
        @Nullable String operation,
        @Nullable Long requestedSpendCents,
        @Nullable JsonObject metadata) {
    public GuardrailEvidence {
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(payload, "payload");
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("payload", payload)
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
