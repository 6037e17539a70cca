package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;
import java.util.UUID;

/** A spend held for one authorized call; {@code status} is {@code reserved}, {@code consumed} or {@code released}. */
public record DecisionRow(
        String tenantId,
        UUID decisionId,
        String intentId,
        String operation,
        long spendCents,
        String status,
        Instant reservedAt,
        Instant expiresAt) {}
