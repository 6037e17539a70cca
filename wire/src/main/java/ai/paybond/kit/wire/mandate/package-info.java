/**
 * What a person lets an agent do and spend, as a signed object. Start at {@link ai.paybond.kit.wire.mandate.AgentMandate}.
 */
@NullMarked
package ai.paybond.kit.wire.mandate;

import org.jspecify.annotations.NullMarked;
