/**
 * References from an agent receipt to what others signed. Start at
 * {@link ai.paybond.kit.wire.attestation.ExternalAttestation}.
 */
@NullMarked
package ai.paybond.kit.wire.attestation;

import org.jspecify.annotations.NullMarked;
