/**
 * USDC: where it lives, what an amount is, and the two kinds of message its holder signs instead of sending a transaction.
 * Open {@link ai.paybond.kit.paegents.usdc.UsdcToken} first, then {@link ai.paybond.kit.paegents.usdc.PermitSigner}.
 */
@NullMarked
package ai.paybond.kit.paegents.usdc;

import org.jspecify.annotations.NullMarked;
