package ai.paybond.kit.sandbox.internal.capability;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a capability grants. Spend is in cents, expiry in whole seconds, {@code holder} a key as the token writes it. */
public record Grant(
        String tenantId,
        String intentId,
        String payeeDid,
        Set<String> operations,
        long maxSpendCents,
        String currency,
        Instant expiresAt,
        String jti,
        @Nullable String holder) {
    /** For whoever has it. */
    public Grant(
            String tenantId,
            String intentId,
            String payeeDid,
            Set<String> operations,
            long maxSpendCents,
            String currency,
            Instant expiresAt,
            String jti) {
        this(tenantId, intentId, payeeDid, operations, maxSpendCents, currency, expiresAt, jti, null);
    }

    public Grant {
        operations = Set.copyOf(operations);
    }
}
