package ai.paybond.kit.capability;

import java.time.Instant;

/**
 * An approver's word for one call, found in the token and checked: the operation, the exact arguments, the amount and
 * the time are those of the call.
 *
 * @param approver the name under which the approver's key is configured
 * @param requestId which request was approved, as the approver wrote it
 * @param maxSpendCents the highest spend that was approved, in cents
 * @param expiresAt the first second at which the approval is no longer valid
 */
public record GrantedApproval(String approver, String requestId, long maxSpendCents, Instant expiresAt) {}
