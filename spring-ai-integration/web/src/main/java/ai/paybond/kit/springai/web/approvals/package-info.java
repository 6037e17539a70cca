/**
 * Approvals over HTTP. Open {@link ai.paybond.kit.springai.web.approvals.ApprovalController} for what a page can ask, and
 * {@link ai.paybond.kit.springai.web.approvals.ApprovalAuthorization} for who may.
 */
@NullMarked
package ai.paybond.kit.springai.web.approvals;

import org.jspecify.annotations.NullMarked;
