/**
 * Pays for intents whose rail wants to be paid: by x402, or by charge or session of the Payment scheme. Start at
 * {@link ai.paybond.kit.funding.Funding}. Whoever pays signs for it with keys of their own, behind
 * {@link ai.paybond.kit.funding.X402Signer} or {@link ai.paybond.kit.funding.MppSigner}; nothing is put before a signer that is
 * not what {@link ai.paybond.kit.funding.FundingOrder} agreed to.
 */
@NullMarked
package ai.paybond.kit.funding;

import org.jspecify.annotations.NullMarked;
