/**
 * Payment headers of x402, scheme {@code exact}, versions 1 and 2. Start at
 * {@link ai.paybond.kit.paegents.x402.ExactPaymentSigner}.
 */
@NullMarked
package ai.paybond.kit.paegents.x402;

import org.jspecify.annotations.NullMarked;
