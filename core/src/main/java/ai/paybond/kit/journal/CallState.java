package ai.paybond.kit.journal;

/** Where one guarded call stands. */
public enum CallState {
    /** Refused; the tool did not run. */
    DENIED,
    /** Waits for a person's approval; the tool did not run. */
    HELD,
    /** Allowed, but the tool was never started; the reservation is to be given back. */
    AUTHORIZED,
    /** About to run, running, or interrupted by the end of the process. A call found here after a restart is in doubt. */
    STARTED,
    /** The tool returned; spend or evidence is still to be acknowledged. */
    EXECUTED,
    /** The tool threw in a way that says nothing happened. */
    FAILED,
    /** The tool may or may not have acted. Neither run again nor released; a resolver or a person settles it. */
    IN_DOUBT,
    /** The tool returned and nothing is owed any more. */
    DELIVERED,
    /** The tool returned, and its spend or evidence cannot be delivered as it is; parked for a person. */
    REJECTED;

    /** Whether the tool ran or may have run, so that the call must never be run again. */
    public boolean mayHaveRun() {
        return switch (this) {
            case DENIED, HELD, AUTHORIZED -> false;
            case STARTED, EXECUTED, FAILED, IN_DOUBT, DELIVERED, REJECTED -> true;
        };
    }

    /** Whether money was or may have been spent, so that budgets still count the call. */
    public boolean countsAsSpent() {
        return mayHaveRun() && this != FAILED;
    }
}
