package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.approval.ApprovalRequest;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits, and on whose behalf it is made.
 *
 * @param owner the user's name; null for the application itself
 * @param request what is to be approved
 */
public record WaitingCall(@Nullable String owner, ApprovalRequest request) {}
