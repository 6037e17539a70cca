/**
 * Says of what arrived at a sandbox what it should be, and fails with an {@link java.lang.AssertionError} that shows what it is.
 * Start at {@link ai.paybond.kit.sandbox.Sandbox#evidence}. Needs no assertion library.
 */
@NullMarked
package ai.paybond.kit.sandbox.assertion;

import org.jspecify.annotations.NullMarked;
