package ai.paybond.kit.guard;

import java.time.Duration;
import java.util.Objects;

/**
 * What may be spent on an intent while its authority cannot be reached; see {@link ToolGuardBuilder#offline}. Counted in the
 * journal, so that all processes that share it share the allowance. It is for the life of the intent: what was spent
 * offline is not refilled when the authority is back.
 *
 * @param maxCents the most that all offline calls spend together, in cents
 * @param maxCallCents the most that one of them spends, in cents
 * @param maxCalls how many there may be, 1 to 100
 * @param maxSilence how long ago the authority's latest answer may be; an intent that had none has no offline calls
 */
public record OfflineAllowance(long maxCents, long maxCallCents, int maxCalls, Duration maxSilence) {
    private static final int MOST_CALLS = 100;

    /** @throws IllegalArgumentException when an amount or the time is not positive, or the number is out of range */
    public OfflineAllowance {
        Objects.requireNonNull(maxSilence, "maxSilence");
        boolean amounts = maxCents > 0 && maxCallCents > 0;
        boolean calls = maxCalls >= 1 && maxCalls <= MOST_CALLS;
        if (!amounts || !calls || maxSilence.isZero() || maxSilence.isNegative()) {
            throw new IllegalArgumentException("an offline allowance has amounts, 1 to 100 calls and a time");
        }
    }
}
