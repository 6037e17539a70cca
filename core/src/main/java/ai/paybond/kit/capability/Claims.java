package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.Grant;
import java.time.Instant;
import java.util.List;

/** Builds the public claims from what was read out of a token. */
final class Claims {

    private Claims() {}

    static CapabilityClaims of(Grant grant, List<String> revocationIds) {
        return new CapabilityClaims(
                grant.tenantId(),
                grant.intentId(),
                grant.payee(),
                grant.operations(),
                grant.maxSpendCents(),
                grant.currency(),
                Instant.ofEpochSecond(grant.expiresAt()),
                grant.jti(),
                revocationIds.size(),
                revocationIds);
    }
}
