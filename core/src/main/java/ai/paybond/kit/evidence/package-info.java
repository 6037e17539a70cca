/**
 * Turns what a tool returned into proof: a declared projection of the result, signed once by the payee.
 *
 * <p>Start at {@link ai.paybond.kit.evidence.EvidenceMapper}, which every side-effecting tool declares, and
 * {@link ai.paybond.kit.evidence.PayeeIdentity}, which signs. A tool's own record can say what it proves:
 * {@link ai.paybond.kit.evidence.Evidence}. Nothing here talks to a network or knows the guard.
 */
@NullMarked
package ai.paybond.kit.evidence;

import org.jspecify.annotations.NullMarked;
