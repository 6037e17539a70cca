package ai.paybond.kit.harbor;

import org.jspecify.annotations.Nullable;

/**
 * Which intents to list. Immutable; each method returns a changed copy.
 *
 * @param state only those in this state, such as {@code funded}; all when absent
 * @param operatorDid only those of this operator; all when absent
 */
public record IntentFilter(@Nullable String state, @Nullable String operatorDid) {
    /** Every intent of the tenant. */
    public static IntentFilter all() {
        return new IntentFilter(null, null);
    }

    /** Those in this state. */
    public IntentFilter inState(String wanted) {
        return new IntentFilter(wanted, operatorDid);
    }

    /** Those of this operator. */
    public IntentFilter ofOperator(String did) {
        return new IntentFilter(state, did);
    }
}
