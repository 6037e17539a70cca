/**
 * Protocol v2: mandates of agents, the proof that an agent is who it says, and the A2A contracts that ask for both. Open
 * {@link ai.paybond.kit.sandbox.internal.protocol.MandateEndpoints}.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.protocol;

import org.jspecify.annotations.NullMarked;
