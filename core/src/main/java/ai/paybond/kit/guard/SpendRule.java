package ai.paybond.kit.guard;

/**
 * Says what a call will cost, before it runs. A rule that throws or gives a negative amount denies the call with
 * {@code spend.invalid}. Must be thread-safe and free of side effects: it is asked by {@link ToolGuard#preview} too.
 */
@FunctionalInterface
public interface SpendRule {

    /** The amount in cents, from 0 up. */
    long cents(ToolCall call);

    /** Costs nothing. */
    static SpendRule none() {
        return call -> 0;
    }

    /**
     * Costs the same each time.
     *
     * @throws IllegalArgumentException when the amount is negative
     */
    static SpendRule fixed(long cents) {
        if (cents < 0) {
            throw new IllegalArgumentException("a spend is not negative");
        }
        return call -> cents;
    }

    /**
     * Costs what an argument says in whole cents. A missing argument, a negative one, one that is no JSON integer, or one
     * over 2^53 - 1 denies the call with {@code spend.invalid}.
     *
     * @param path member names joined by dots, such as {@code payment.amount_cents}
     */
    static SpendRule argument(String path) {
        return new ArgumentSpend(path);
    }
}
