/**
 * Capabilities as the sandbox issues and checks them: Biscuits with the facts of docs/decisions/0003. Open
 * {@link ai.paybond.kit.sandbox.internal.capability.CapabilityVerifier} for the checks and
 * {@link ai.paybond.kit.sandbox.internal.capability.CapabilityIssuer} for the facts. Written apart from the kit's own
 * verifier on purpose.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.capability;

import org.jspecify.annotations.NullMarked;
