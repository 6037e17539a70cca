package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to "may this call run?": one of three, "could not ask" included. */
public sealed interface Decision {

    /**
     * It may run.
     *
     * @param auditId the authority's audit id; null when no authority was asked
     * @param decisionId the authority's name for the reservation; null when nothing was reserved
     * @param remainingCents what is left of the budget in cents, if the authority said
     * @param offline whether the authority was out of reach and the {@link OfflineAllowance} covers the call; never in what
     *     an authority answers
     */
    record Allowed(
            @Nullable String auditId,
            @Nullable String decisionId,
            @Nullable Long remainingCents,
            boolean offline) implements Decision {
        private static final Allowed WITHOUT_AUTHORITY = new Allowed(null, null, null);
        private static final Allowed ON_ALLOWANCE = new Allowed(null, null, null, true);

        /** Allowed by an authority. */
        public Allowed(@Nullable String auditId, @Nullable String decisionId, @Nullable Long remainingCents) {
            this(auditId, decisionId, remainingCents, false);
        }

        static Allowed onAllowance() {
            return ON_ALLOWANCE;
        }

        /** Allowed as far as can be told here: a read-only tool, or the outcome of a preview. */
        static Allowed withoutAuthority() {
            return WITHOUT_AUTHORITY;
        }
    }

    /**
     * It must not run.
     *
     * @param reason why, with a stable code
     * @param auditId the authority's audit id, if it was asked and gave one
     * @param retryAfterSeconds when asking again may help, if the authority said
     */
    record Denied(
            DenyReason reason,
            @Nullable String auditId,
            @Nullable Long retryAfterSeconds) implements Decision {
        public Denied {
            Objects.requireNonNull(reason, "reason");
        }

        /** Denied without an authority's word. */
        public static Denied because(DenyReason reason) {
            return new Denied(reason, null, null);
        }
    }

    /**
     * It may run once a person has approved it.
     *
     * @param approvalRequestId what to approve, if the authority said
     * @param decisionId the authority's decision, if it made one; nothing is reserved by it
     * @param argumentsDigestHex BLAKE3 over the canonical arguments, as hex: an approval is for exactly these. Always there
     *     in what a guard gives; an authority need not say it
     * @param expiresAt from when on no answer counts any more. Always there in what {@link ToolGuard#call} gives
     * @param reason why approval is needed
     */
    record ApprovalRequired(
            @Nullable String approvalRequestId,
            @Nullable String decisionId,
            @Nullable String argumentsDigestHex,
            @Nullable Instant expiresAt,
            DenyReason reason)
            implements Decision {
        public ApprovalRequired {
            Objects.requireNonNull(reason, "reason");
        }

        /** As an authority answers that leaves it to the guard to say for which arguments, and until when. */
        public ApprovalRequired(@Nullable String approvalRequestId, @Nullable String decisionId, DenyReason reason) {
            this(approvalRequestId, decisionId, null, null, reason);
        }
    }
}
