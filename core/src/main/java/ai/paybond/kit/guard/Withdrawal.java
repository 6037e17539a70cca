package ai.paybond.kit.guard;

/** Lets whoever asked for a call take it back for as long as nothing runs. */
interface Withdrawal {
    /** Of a call that nobody can take back. */
    Withdrawal NEVER = new Withdrawal() {
        @Override
        public boolean isWithdrawn() {
            return false;
        }

        @Override
        public boolean isTooLate() {
            return true;
        }
    };

    /** Whether the call was taken back already. */
    boolean isWithdrawn();

    /** Closes the door: true when the call was not taken back, and from now on it cannot be. */
    boolean isTooLate();
}
