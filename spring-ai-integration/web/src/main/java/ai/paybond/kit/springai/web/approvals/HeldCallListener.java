package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.springai.ResumedCall;
import ai.paybond.kit.springai.web.Caller;

/**
 * Is told of each answer, on the thread that answered and before the approver is: the place to go on with the conversation, by
 * {@link ResumedCall#addTo}. What it throws is logged; the call was made nevertheless.
 */
@FunctionalInterface
public interface HeldCallListener {

    /** A call was answered. */
    void answered(Caller approver, WaitingCall call, ResumedCall resumed);
}
