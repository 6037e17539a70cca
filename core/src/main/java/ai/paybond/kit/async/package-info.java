/**
 * A guarded run on several threads. {@link ai.paybond.kit.async.GuardContext} carries the run's guard from one thread to
 * another, and {@link ai.paybond.kit.async.GuardExecutors} gives threads to run on. The calls themselves are made by
 * {@link ai.paybond.kit.guard.ToolGuard#async}. {@link ai.paybond.kit.async.Async} makes the calls of a session's clients on
 * an executor.
 *
 * <p>Nothing in the guard depends on this: a guard may always be passed by hand.
 */
@NullMarked
package ai.paybond.kit.async;

import org.jspecify.annotations.NullMarked;
