/**
 * Every byte of Paybond that is signed or hashed, built and verified without network, clock or global state. Start at
 * {@link ai.paybond.kit.wire.evidence.EvidenceStatement} or {@link ai.paybond.kit.wire.intent.IntentStatement}; this
 * package itself holds only what all objects share: digests, hexadecimal and UUID text, and the one exception.
 */
@NullMarked
package ai.paybond.kit.wire;

import org.jspecify.annotations.NullMarked;
