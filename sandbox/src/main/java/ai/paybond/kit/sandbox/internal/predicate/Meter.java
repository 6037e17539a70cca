package ai.paybond.kit.sandbox.internal.predicate;

/** Counts how often JSON is looked at, and stops whoever looks too often. Not thread-safe. */
final class Meter {
    private static final int LOOKS = 2_000_000;

    private int left = LOOKS;

    void count(int looks) {
        left -= looks;
        if (left < 0) {
            throw new ExhaustedException();
        }
    }

    /** The meter ran out. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("too many looks", null, false, false);
        }
    }
}
