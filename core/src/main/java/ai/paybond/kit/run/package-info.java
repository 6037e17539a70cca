/**
 * Runs of agents and what happened in them, for people who look at them at the Gateway. Open
 * {@link ai.paybond.kit.run.AgentRunClient} first. Nothing here proves or decides anything; evidence does.
 */
@NullMarked
package ai.paybond.kit.run;

import org.jspecify.annotations.NullMarked;
