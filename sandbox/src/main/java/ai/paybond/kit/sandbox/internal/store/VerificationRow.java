package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The audit row of one answered {@code /verify}; {@code code} is null when it allowed, {@code context} is what the caller
 * said about the call, as JSON without the tokens.
 */
public record VerificationRow(
        String tenantId,
        UUID auditId,
        String intentId,
        String operation,
        long spendCents,
        boolean allow,
        @Nullable String code,
        @Nullable String toolCallId,
        @Nullable UUID decisionId,
        @Nullable String vendorId,
        String context,
        Instant at) {}
