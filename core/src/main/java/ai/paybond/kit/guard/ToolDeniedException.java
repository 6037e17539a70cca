package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.DenyReason;

/**
 * A call was refused, told as an exception. Has no cause, so that hosts which unwrap causes still see a denial. Do not
 * retry the same call.
 */
public final class ToolDeniedException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private final transient Decision.Denied decision;

    /** @param decision the refusal */
    public ToolDeniedException(Decision.Denied decision) {
        super(decision.reason().code(), decision.reason().message());
        this.decision = decision;
    }

    /** Why. */
    public DenyReason reason() {
        return decision.reason();
    }

    /** The refusal as it was decided. */
    public Decision.Denied decision() {
        return decision;
    }
}
