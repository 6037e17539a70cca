/**
 * Activating an escrow as one call that may be repeated, after a crash too. Open
 * {@link ai.paybond.kit.paegents.activation.ActivationFlow} first. What was signed is kept in an
 * {@link ai.paybond.kit.paegents.activation.ActivationJournal} before it is sent, so that a repetition sends the same bytes.
 */
@NullMarked
package ai.paybond.kit.paegents.activation;

import org.jspecify.annotations.NullMarked;
