/**
 * Paybond's protocol v2: mandates bound to intents, and the receipts of what came of them. Open
 * {@link ai.paybond.kit.protocol.ProtocolClient} first. What it reads is signed; {@code ai.paybond.kit.wire.receipt} verifies
 * it on this side, and the {@code verify} methods here ask the Gateway to.
 */
@NullMarked
package ai.paybond.kit.protocol;

import org.jspecify.annotations.NullMarked;
