package ai.paybond.kit.journal;

/** What came of {@linkplain CallJournal#claim claiming} a call. Unless it is {@link Owned}, nothing was changed. */
public sealed interface ClaimResult {

    /** The caller owns the call and may run the tool. */
    record Owned() implements ClaimResult {}

    /**
     * The call is somebody's already, or was.
     *
     * @param entry what the journal keeps for it
     */
    record InTheWay(JournalEntry entry) implements ClaimResult {}

    /**
     * The call costs more than is left of a budget.
     *
     * @param scope the budget
     * @param remainingCents what is left of it, in cents; 0 or more
     */
    record OverBudget(String scope, long remainingCents) implements ClaimResult {}
}
