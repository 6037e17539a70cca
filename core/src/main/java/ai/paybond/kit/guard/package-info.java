/**
 * Decides whether one tool call may run, runs it, and sees to it that what it did is proved. Start at
 * {@link ai.paybond.kit.guard.ToolGuard#call}: a guarded call is a transaction, and that method is its story.
 *
 * <p>Knows capability, evidence and journal; knows nothing of any agent framework, and reaches the network only through
 * {@link ai.paybond.kit.guard.ToolAuthority}. Before the tool runs everything fails closed to a
 * {@link ai.paybond.kit.guard.Decision}; after it ran nothing is lost and nothing fails the call.
 */
@NullMarked
package ai.paybond.kit.guard;

import org.jspecify.annotations.NullMarked;
