/**
 * The messages that activate and settle an escrow. Start at {@link ai.paybond.kit.paegents.escrow.EscrowSigner}. Paegents
 * does not publish how its contract lays these messages out, so every caller brings an
 * {@link ai.paybond.kit.paegents.escrow.EscrowProfile}; none is built in.
 */
@NullMarked
package ai.paybond.kit.paegents.escrow;

import org.jspecify.annotations.NullMarked;
