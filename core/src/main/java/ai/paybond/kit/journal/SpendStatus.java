package ai.paybond.kit.journal;

/** What has become of the money reserved for one call. */
public enum SpendStatus {
    /** Nothing was reserved. */
    NONE,
    /** Reserved; whether it is spent is not known yet. Stays so while a call is in doubt. */
    HELD,
    /** Spent, or about to be, on an allowance of its own; the authority is to be asked for a decision afterwards. */
    RECONCILE_DUE,
    /** The tool ran; the authority does not know yet. Never turns into a release. */
    CONSUME_DUE,
    /** The authority counts it as spent. */
    CONSUMED,
    /** The tool did not act; the authority does not know yet. */
    RELEASE_DUE,
    /** The authority has given it back. */
    RELEASED,
    /** The authority refused for good to complete the reservation, or to count what was spent without it; parked for a person. */
    REJECTED;

    /** Whether the authority still has to be told. */
    public boolean isDue() {
        return this == CONSUME_DUE || this == RELEASE_DUE || this == RECONCILE_DUE;
    }
}
