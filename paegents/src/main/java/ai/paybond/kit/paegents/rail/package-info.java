/**
 * Paegents behind the tool guard: a tool runs on the units of an active agreement, and its use is recorded once. Open
 * {@link ai.paybond.kit.paegents.rail.PaegentsRail} first.
 */
@NullMarked
package ai.paybond.kit.paegents.rail;

import org.jspecify.annotations.NullMarked;
