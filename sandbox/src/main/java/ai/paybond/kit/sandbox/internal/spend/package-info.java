/**
 * May this call spend, and what became of it: {@code /verify}, reservations, approvals, preflight. Open
 * {@link ai.paybond.kit.sandbox.internal.spend.SpendAuthority} first.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.spend;

import org.jspecify.annotations.NullMarked;
