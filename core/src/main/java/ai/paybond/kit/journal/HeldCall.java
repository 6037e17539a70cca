package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call that waits for a person needs so that it can go on in another process.
 *
 * @param approvalRequestId the authority's name for the request, if the authority asked for the approval
 * @param argumentsJson the arguments, exactly those that are approved or not
 * @param heldAt since when the call waits
 * @param expiresAt until when an answer counts, if there is an end
 * @param words what was said when the wait ended without the call, such as a person's reason; null before
 */
public record HeldCall(
        @Nullable String approvalRequestId,
        String argumentsJson,
        Instant heldAt,
        @Nullable Instant expiresAt,
        @Nullable String words) {
    public HeldCall {
        Objects.requireNonNull(argumentsJson, "argumentsJson");
        Objects.requireNonNull(heldAt, "heldAt");
    }

    /** A call that waits. */
    public HeldCall(
            @Nullable String approvalRequestId, String argumentsJson, Instant heldAt, @Nullable Instant expiresAt) {
        this(approvalRequestId, argumentsJson, heldAt, expiresAt, null);
    }

    /** Whether it is too late for an answer. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    HeldCall closed(@Nullable String said) {
        return new HeldCall(approvalRequestId, argumentsJson, heldAt, expiresAt, said);
    }

    /** Without the arguments, which may hold what does not belong into a log. */
    @Override
    public String toString() {
        return "HeldCall[approvalRequestId=" + approvalRequestId + ", heldAt=" + heldAt + ", expiresAt=" + expiresAt
                + "]";
    }
}
