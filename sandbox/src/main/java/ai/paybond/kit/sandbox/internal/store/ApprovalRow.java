package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A spend that waits, or waited, for a person. {@code toolCallId} and {@code argumentsDigest} are null when the caller
 * did not name them; {@code status} is {@code pending}, {@code approved}, {@code rejected}, {@code expired} or
 * {@code used}.
 */
public record ApprovalRow(
        String tenantId,
        UUID approvalId,
        String intentId,
        String operation,
        long spendCents,
        @Nullable String toolCallId,
        @Nullable String argumentsDigest,
        String reason,
        @Nullable String token,
        String status,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable Instant decidedAt,
        @Nullable String note) {
    @Override
    public String toString() {
        return "ApprovalRow[" + tenantId + ", " + approvalId + ", " + status + "]";
    }
}
