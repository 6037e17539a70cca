package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call that waits for a person needs so that it can go on in another process.
 *
 * @param approvalRequestId the authority's name for the request, if the authority asked for the approval
 * @param argumentsJson the arguments in canonical form, exactly those that are approved or not
 * @param heldAt since when the call waits
 * @param expiresAt until when an answer counts, if there is an end
 */
public record HeldCall(
        @Nullable String approvalRequestId,
        String argumentsJson,
        Instant heldAt,
        @Nullable Instant expiresAt) {
    public HeldCall {
        Objects.requireNonNull(argumentsJson, "argumentsJson");
        Objects.requireNonNull(heldAt, "heldAt");
    }

    /** Without the arguments, which may hold what does not belong into a log. */
    @Override
    public String toString() {
        return "HeldCall[approvalRequestId=" + approvalRequestId + ", heldAt=" + heldAt + ", expiresAt=" + expiresAt
                + "]";
    }
}
