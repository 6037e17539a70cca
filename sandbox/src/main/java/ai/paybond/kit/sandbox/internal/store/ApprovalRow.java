package ai.paybond.kit.sandbox.internal.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A spend that waits for a person; {@code status} is {@code pending}, {@code approved} or {@code used}. */
public record ApprovalRow(
        String tenantId,
        UUID approvalId,
        String intentId,
        String operation,
        long spendCents,
        @Nullable String token,
        String status) {
    @Override
    public String toString() {
        return "ApprovalRow[" + tenantId + ", " + approvalId + ", " + status + "]";
    }
}
