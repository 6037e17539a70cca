/**
 * Delivery receipts of x402 servers, signed as JWS or as EIP-712 typed data. Start at
 * {@link ai.paybond.kit.wire.x402.X402Receipt}.
 */
@NullMarked
package ai.paybond.kit.wire.x402;

import org.jspecify.annotations.NullMarked;
