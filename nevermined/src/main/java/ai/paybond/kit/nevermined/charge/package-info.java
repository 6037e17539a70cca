/**
 * Verify before, settle after, and at most once: what the guard's rail and the HTTP guards share. Open
 * {@link ai.paybond.kit.nevermined.charge.ChargeDesk} first; {@link ai.paybond.kit.nevermined.charge.ChargeRecord} is what a person
 * looks at when a settlement came out unknown.
 */
@NullMarked
package ai.paybond.kit.nevermined.charge;

import org.jspecify.annotations.NullMarked;
