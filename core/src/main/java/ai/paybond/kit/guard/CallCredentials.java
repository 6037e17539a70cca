package ai.paybond.kit.guard;

import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.SignedApproval;
import org.jspecify.annotations.Nullable;

/**
 * What a caller brings for one call. Equal calls may come with different ones, since neither is part of what is asked for.
 *
 * @param proof the holder's signature, when the capability names a holder and the guard does not have its key
 * @param approval an approver's answer, signed for the end of the guard's capability
 */
public record CallCredentials(
        @Nullable HolderProof proof, @Nullable SignedApproval approval) {

    /** Nothing. */
    public static final CallCredentials NONE = new CallCredentials(null, null);
}
