package ai.paybond.kit.policy;

/** Where a policy comes from. */
public enum PolicyOrigin {
    /** A document that stands alone. */
    FILE,
    /** An overlay that was merged with its base here. */
    EFFECTIVE,
    /** An overlay that an {@link EffectivePolicySource} merged. */
    REMOTE
}
