package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An intent as stored. {@code intentId} is lower case; JSON members hold their texts; {@code amountCents} is the whole
 * budget; {@code payeeKey} is null until a first evidence binds it, for the generations that do not sign it.
 */
public record IntentRow(
        String tenantId,
        String intentId,
        String state,
        String principalDid,
        String payeeDid,
        @Nullable String payeeKey,
        long amountCents,
        String currency,
        String deadline,
        String settlementRail,
        String evidenceSchema,
        String predicate,
        String allowedTools,
        String requestDigest,
        @Nullable String capabilityToken,
        @Nullable String paymentDigest,
        String fundingStatus,
        @Nullable Boolean predicatePassed,
        Instant createdAt) {

    @Override
    public String toString() {
        return "IntentRow[" + tenantId + ", " + intentId + ", " + state + "]";
    }
}
