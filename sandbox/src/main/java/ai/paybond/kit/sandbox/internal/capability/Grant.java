package ai.paybond.kit.sandbox.internal.capability;

import java.time.Instant;
import java.util.Set;

/** What a capability grants. Spend is in cents, expiry in whole seconds. */
public record Grant(
        String tenantId,
        String intentId,
        String payeeDid,
        Set<String> operations,
        long maxSpendCents,
        String currency,
        Instant expiresAt,
        String jti) {
    public Grant {
        operations = Set.copyOf(operations);
    }
}
