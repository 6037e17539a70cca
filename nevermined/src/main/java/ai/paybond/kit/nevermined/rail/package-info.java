/**
 * Nevermined as the rail behind a {@link ai.paybond.kit.guard.ToolGuard}: a tool is sold for credits of a plan. Open
 * {@link ai.paybond.kit.nevermined.rail.NeverminedRail} first; {@link ai.paybond.kit.nevermined.rail.ToolPlan} says what a tool
 * costs, and {@link ai.paybond.kit.nevermined.charge.DeliveryPolicy} what happens to a result that nobody paid for.
 */
@NullMarked
package ai.paybond.kit.nevermined.rail;

import org.jspecify.annotations.NullMarked;
