package ai.paybond.kit.internal.biscuit;

import java.util.Set;

/**
 * What a token can cover at most, as far as that can be read from it: the issuer's grant, narrowed by the later checks
 * that have the profile's shape. Checks of another shape only make it less.
 *
 * @param expiresAt in seconds since 1970
 */
public record Bounds(Set<String> operations, long maxSpendCents, long expiresAt) {
    public Bounds {
        operations = Set.copyOf(operations);
    }
}
