package ai.paybond.kit.guard;

import ai.paybond.kit.approval.ApprovalToken;
import org.jspecify.annotations.Nullable;

/**
 * That a person approved a call. Lives as part of the very call that was shown, so that it can belong to no other.
 *
 * @param requestId what was answered
 * @param token what the authority issued for it, if it did
 * @param count how many approvals the call has had, this one included
 */
record Approval(@Nullable String requestId, @Nullable ApprovalToken token, int count) {}
