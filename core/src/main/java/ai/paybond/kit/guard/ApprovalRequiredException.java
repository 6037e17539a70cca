package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.DenyReason;

/** A call waits for a person's approval, told as an exception. Has no cause. */
public final class ApprovalRequiredException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private final transient Decision.ApprovalRequired decision;

    /** @param decision what has to be approved */
    public ApprovalRequiredException(Decision.ApprovalRequired decision) {
        super(decision.reason().code(), decision.reason().message());
        this.decision = decision;
    }

    /** Why approval is needed. */
    public DenyReason reason() {
        return decision.reason();
    }

    /** What has to be approved. */
    public Decision.ApprovalRequired decision() {
        return decision;
    }
}
