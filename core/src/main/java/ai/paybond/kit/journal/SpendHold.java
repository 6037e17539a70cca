package ai.paybond.kit.journal;

import java.util.Objects;

/**
 * One reservation, named so that it can be completed after a restart.
 *
 * @param key the call it was made for
 * @param operation the operation that the capability grants
 * @param spendCents what was reserved, in cents
 * @param decisionId the authority's name for the reservation
 */
public record SpendHold(CallKey key, String operation, long spendCents, String decisionId) {
    public SpendHold {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(decisionId, "decisionId");
    }
}
