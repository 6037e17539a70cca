/**
 * Kills an agent's process at every step of a guarded call, and looks afterwards at what the journal, the tool's vendor and
 * the sandbox each say happened. Start at {@link ai.paybond.kit.cli.chaos.Chaos}.
 */
@NullMarked
package ai.paybond.kit.cli.chaos;

import org.jspecify.annotations.NullMarked;
