package ai.paybond.kit.evidence;

/** How far the evidence of one call has come. */
public enum EvidenceStatus {
    /** There is none: the tool is read-only, did not run, failed, or was declared to need no evidence. */
    NONE,
    /** Kept, and not acknowledged yet; delivery goes on. */
    PENDING,
    /** Acknowledged by the authority. */
    DELIVERED,
    /** Refused by the authority for good; parked for a person. */
    REJECTED,
    /** The result could not be mapped, so nothing was signed or sent; parked for a person. */
    UNMAPPED
}
