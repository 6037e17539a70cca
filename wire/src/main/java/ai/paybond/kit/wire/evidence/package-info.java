/**
 * What a payee says it did, signed. Start at {@link ai.paybond.kit.wire.evidence.EvidenceStatement} to sign and at
 * {@link ai.paybond.kit.wire.evidence.SignedEvidence#fromBody} to check.
 */
@NullMarked
package ai.paybond.kit.wire.evidence;

import org.jspecify.annotations.NullMarked;
