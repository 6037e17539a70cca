package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.PaybondException;

/** An answer to other arguments than those that wait. Nothing was approved or rejected. */
public final class StaleApprovalException extends PaybondException {
    private static final long serialVersionUID = 1L;

    StaleApprovalException() {
        super("approval.stale", "the call's arguments are not those that were shown");
    }
}
