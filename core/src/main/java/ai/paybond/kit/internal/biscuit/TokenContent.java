package ai.paybond.kit.internal.biscuit;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself, true or not.
 *
 * @param rootKeyId which root key it claims to be signed under
 * @param bounds what is left of the grant after the later blocks
 * @param mustSign the holders whose signature each call would need
 * @param approvals what third parties would have approved
 * @param sealed whether no block can be added any more
 * @param checks the checks of each block in Datalog, the authority block's first
 */
public record TokenContent(
        @Nullable Integer rootKeyId,
        Grant grant,
        Bounds bounds,
        Set<VerifyingKey> mustSign,
        List<Approval> approvals,
        List<String> revocationIds,
        boolean sealed,
        List<List<String>> checks) {}
