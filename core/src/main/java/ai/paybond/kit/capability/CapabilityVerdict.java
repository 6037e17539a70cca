package ai.paybond.kit.capability;

/** What a {@link CapabilityVerifier} says about one call: one of three answers, and never an exception. */
public sealed interface CapabilityVerdict {

    /**
     * The token is genuine and covers the call.
     *
     * @param claims what the issuer granted
     */
    record Verified(CapabilityClaims claims) implements CapabilityVerdict {}

    /**
     * The call must not run.
     *
     * @param reason why
     */
    record Refused(DenyReason reason) implements CapabilityVerdict {}

    /** Nothing was checked, because the verifier is {@link CapabilityVerifier#remoteOnly()}: the authority alone decides. */
    record NotChecked() implements CapabilityVerdict {}
}
