/**
 * Ed25519 behind one strict front: lengths, S below the group order, canonical encodings and the order of points are checked
 * here, before any engine is asked. Open {@link ai.paybond.kit.wire.ed25519.SigningKey} and
 * {@link ai.paybond.kit.wire.ed25519.VerifyingKey}; {@link ai.paybond.kit.wire.ed25519.Ed25519} chooses the engine.
 */
@NullMarked
package ai.paybond.kit.wire.ed25519;

import org.jspecify.annotations.NullMarked;
