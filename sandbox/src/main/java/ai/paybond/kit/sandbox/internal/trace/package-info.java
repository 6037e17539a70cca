/**
 * The page at the sandbox's own address that shows what happens in it. Open
 * {@link ai.paybond.kit.sandbox.internal.http.TracePage} for how it is served and
 * {@link ai.paybond.kit.sandbox.internal.trace.TraceSnapshot} for what it shows.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.trace;

import org.jspecify.annotations.NullMarked;
