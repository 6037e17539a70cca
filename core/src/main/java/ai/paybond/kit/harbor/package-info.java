/**
 * What a session says to Harbor and to the Gateway, and what they answer. Open
 * {@link ai.paybond.kit.harbor.HarborClient} first; {@link ai.paybond.kit.harbor.Intents} adds signing to it. Every reply
 * is checked for the tenant and the intent it was asked about before any other member is believed.
 */
@NullMarked
package ai.paybond.kit.harbor;

import org.jspecify.annotations.NullMarked;
