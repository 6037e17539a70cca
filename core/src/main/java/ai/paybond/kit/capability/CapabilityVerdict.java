package ai.paybond.kit.capability;

import java.util.List;

/** What a {@link CapabilityVerifier} says about one call: one of three answers, and never an exception. */
public sealed interface CapabilityVerdict {

    /**
     * The token is genuine and covers the call.
     *
     * @param claims what the issuer granted
     * @param approvals what trusted approvers signed for exactly this call, empty as a rule
     */
    record Verified(CapabilityClaims claims, List<GrantedApproval> approvals) implements CapabilityVerdict {
        public Verified {
            approvals = List.copyOf(approvals);
        }

        /** Without an approval. */
        public Verified(CapabilityClaims claims) {
            this(claims, List.of());
        }
    }

    /**
     * The call must not run.
     *
     * @param reason why
     */
    record Refused(DenyReason reason) implements CapabilityVerdict {}

    /** Nothing was checked, because the verifier is {@link CapabilityVerifier#remoteOnly()}: the authority alone decides. */
    record NotChecked() implements CapabilityVerdict {}
}
