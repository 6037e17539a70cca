package ai.paybond.kit.policy;

import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;

/** A price that gives no amount over a ceiling, so that the guard denies the call. */
record CappedSpend(SpendRule price, long ceilingCents) implements SpendRule {

    @Override
    public long cents(ToolCall call) {
        long cents = price.cents(call);
        if (cents > ceilingCents) {
            throw new IllegalArgumentException("the price is over the policy's ceiling");
        }
        return cents;
    }
}
