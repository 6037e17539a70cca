package ai.paybond.kit.sandbox.assertion;

import ai.paybond.kit.sandbox.SandboxRecords.Intent;

/** What can be said of an intent. */
public final class IntentAssertion {
    private final Intent intent;

    /** @param intent as it stands */
    public IntentAssertion(Intent intent) {
        this.intent = intent;
    }

    /** It is in this state, such as {@code released}. */
    public IntentAssertion isInState(String expected) {
        Expectation.equal("state", expected, intent.state(), intent);
        return this;
    }

    /** It is worth so much, in cents. */
    public IntentAssertion hasAmountCents(long expected) {
        Expectation.equal("amount", expected, intent.amountCents(), intent);
        return this;
    }

    /** It, for any other assertion. */
    public Intent actual() {
        return intent;
    }
}
