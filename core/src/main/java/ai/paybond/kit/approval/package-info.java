/**
 * Who is asked before a held call runs. Open {@link ai.paybond.kit.approval.Approver} first: it is shown an
 * {@link ai.paybond.kit.approval.ApprovalRequest} and gives an {@link ai.paybond.kit.approval.ApprovalAnswer}. Everything
 * here is about one call with exactly these arguments; the guard sees to it that an answer counts for nothing else. What an
 * approver signs as a block of the capability ({@link ai.paybond.kit.capability.ApprovalGrant}) answers what a guard asked; an
 * authority that wants a person of its own is answered with its own token.
 */
@NullMarked
package ai.paybond.kit.approval;

import org.jspecify.annotations.NullMarked;
