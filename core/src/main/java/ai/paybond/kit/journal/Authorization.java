package ai.paybond.kit.journal;

/** On whose word a call was, or would have been, allowed to run. */
public enum Authorization {
    /** The authority's, which was asked before the tool ran. */
    AUTHORITY,
    /** Nobody's: the call spends nothing and no authority is asked for it. */
    NONE,
    /** An allowance for the time that the authority is out of reach. It is to be told afterwards. */
    OFFLINE
}
