/**
 * Proof that a receipt stands in the public log of a tenant. Start at {@link ai.paybond.kit.wire.inclusion.InclusionProof}.
 */
@NullMarked
package ai.paybond.kit.wire.inclusion;

import org.jspecify.annotations.NullMarked;
