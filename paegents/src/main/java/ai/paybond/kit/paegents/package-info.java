/**
 * Paegents as far as it happens locally: what a payer signs, and what it checks before signing. Payments in
 * {@link ai.paybond.kit.paegents.x402}, token permits in {@link ai.paybond.kit.paegents.usdc}, webhooks in
 * {@link ai.paybond.kit.paegents.webhook}. Every refusal to sign is a
 * {@link ai.paybond.kit.paegents.SigningRefusedException}.
 */
@NullMarked
package ai.paybond.kit.paegents;

import org.jspecify.annotations.NullMarked;
