/**
 * The embedded Paegents behind {@link ai.paybond.kit.sandbox.paegents.PaegentsSandbox}. Start at
 * {@link ai.paybond.kit.sandbox.internal.paegents.PaegentsService}, which routes; one class per group of routes. The typed-data
 * signatures are verified with this package's own code, so that a mistake in the kit's signer cannot hide here.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.paegents;

import org.jspecify.annotations.NullMarked;
