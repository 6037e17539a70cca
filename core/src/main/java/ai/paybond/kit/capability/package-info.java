/**
 * Decides offline, from a Biscuit capability alone, whether one tool call is within what was granted, and narrows a
 * capability before it is handed on. Open {@link ai.paybond.kit.capability.CapabilityVerifier} first;
 * {@link ai.paybond.kit.capability.DenyReason} is the vocabulary that every refusal in this library is told in.
 *
 * <p>Knows nothing of the guard, of Harbor or of the journal. A verdict given here is necessary, not sufficient: the
 * authority has the last word on spend.
 */
@NullMarked
package ai.paybond.kit.capability;

import org.jspecify.annotations.NullMarked;
