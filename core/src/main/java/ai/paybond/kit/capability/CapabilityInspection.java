package ai.paybond.kit.capability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an unverified token says of itself.
 *
 * @param rootKeyId the identifier of the root key that it claims to be signed under, when it names one
 * @param claimed the grant that its authority block states
 * @param bounds what is left of the grant after the blocks that were added
 * @param sealed whether it cannot be narrowed any further
 * @param checks the checks of every block in Datalog without control characters, the authority block's first
 */
public record CapabilityInspection(
        @Nullable Integer rootKeyId,
        CapabilityClaims claimed,
        CapabilityBounds bounds,
        boolean sealed,
        List<List<String>> checks) {

    /** Copies the checks. */
    public CapabilityInspection {
        checks = checks.stream().map(List::copyOf).toList();
    }
}
