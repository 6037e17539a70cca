package ai.paybond.kit.capability;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Instant;
import java.util.Set;

/**
 * What a capability covers at most, after everything that its holders have narrowed so far.
 *
 * @param operations the operations that are left
 * @param maxSpendCents the highest spend of one call, in cents
 * @param expiresAt the first second at which it is no longer valid
 * @param holders whose signature each call needs; empty when whoever has the capability may use it
 */
public record CapabilityBounds(
        Set<String> operations, long maxSpendCents, Instant expiresAt, Set<VerifyingKey> holders) {

    /** Copies the sets. */
    public CapabilityBounds {
        operations = Set.copyOf(operations);
        holders = Set.copyOf(holders);
    }
}
