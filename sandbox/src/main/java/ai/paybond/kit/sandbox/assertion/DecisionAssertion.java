package ai.paybond.kit.sandbox.assertion;

import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;

/** What can be said of a spend that was held for a call. */
public final class DecisionAssertion {
    private final Decision decision;

    /** @param decision as it stands */
    public DecisionAssertion(Decision decision) {
        this.decision = decision;
    }

    /** It is held, and nobody has said what became of it. */
    public DecisionAssertion isReserved() {
        return hasStatus(DecisionStatus.RESERVED);
    }

    /** The money is spent. */
    public DecisionAssertion isConsumed() {
        return hasStatus(DecisionStatus.CONSUMED);
    }

    /** The money is free again. */
    public DecisionAssertion isReleased() {
        return hasStatus(DecisionStatus.RELEASED);
    }

    private DecisionAssertion hasStatus(DecisionStatus expected) {
        Expectation.equal("status", expected, decision.status(), decision);
        return this;
    }

    /** It is about this spend, in cents. */
    public DecisionAssertion hasSpendCents(long expected) {
        Expectation.equal("spend", expected, decision.spendCents(), decision);
        return this;
    }

    /** It, for any other assertion. */
    public Decision actual() {
        return decision;
    }
}
