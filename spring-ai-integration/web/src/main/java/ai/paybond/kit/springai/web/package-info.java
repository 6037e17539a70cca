/**
 * Whose capability a web request works under. Open {@link ai.paybond.kit.springai.web.CallerCapability} first: it finds the
 * capability of a {@link ai.paybond.kit.springai.web.Caller}, from which
 * {@link ai.paybond.kit.springai.web.CallerGuards} makes the guard of each turn.
 */
@NullMarked
package ai.paybond.kit.springai.web;

import org.jspecify.annotations.NullMarked;
