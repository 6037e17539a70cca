/**
 * Signed receipts: what was authorised ({@link ai.paybond.kit.wire.receipt.AuthorizationReceipt}), how it was settled
 * ({@link ai.paybond.kit.wire.receipt.SettlementReceipt}), and what an agent did
 * ({@link ai.paybond.kit.wire.receipt.AgentReceipt}, the one to open first).
 */
@NullMarked
package ai.paybond.kit.wire.receipt;

import org.jspecify.annotations.NullMarked;
