package ai.paybond.kit.paegents.rail;

/** Why this rail denies a call, beside what the guard itself and Paegents say. Stable. */
public final class RailCodes {
    /** The agreement is proposed, expired, closed or anything but active. */
    public static final String NOT_ACTIVE = "agreement.not_active";

    /** The agreement is another buyer's. */
    public static final String FOREIGN = "agreement.foreign";

    /** Fewer units are left than the call uses, those set aside for other calls not counted. */
    public static final String UNITS_EXHAUSTED = "agreement.units_exhausted";

    /** How many units the call uses cannot be told. */
    public static final String UNITS_INVALID = "agreement.units_invalid";

    /** Paegents' account of the agreement lacks quantity or use. */
    public static final String UNITS_UNKNOWN = "agreement.units_unknown";

    /** The guard acts under another intent than the agreement the rail is for. */
    public static final String OTHER_INTENT = "agreement.other_intent";

    /** The owner's policy forbids it. */
    public static final String POLICY_DENIED = "policy_denied";

    /** The owner has to approve it, or has not yet. */
    public static final String APPROVAL_REQUIRED = "approval_required";

    /** The owner said no. */
    public static final String APPROVAL_REJECTED = "approval.rejected";

    /** Evidence was to be delivered, for which Paegents has no route. */
    public static final String NO_EVIDENCE_ROUTE = "paegents.no_evidence_route";

    private RailCodes() {}
}
