package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit row of one answered {@code /verify}; {@code code} is null when it allowed. */
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
        Instant at) {}
