/**
 * Agent runs and the trace events that agents report about them. Open
 * {@link ai.paybond.kit.sandbox.internal.run.AgentRunEndpoints}.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.run;

import org.jspecify.annotations.NullMarked;
