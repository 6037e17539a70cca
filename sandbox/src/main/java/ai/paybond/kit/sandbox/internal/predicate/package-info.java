/**
 * Whether evidence fulfils an intent: a small predicate language and JSON Schema, both bounded. Open
 * {@link ai.paybond.kit.sandbox.internal.predicate.Predicate} for the language; it is ours, see docs/decisions.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.predicate;

import org.jspecify.annotations.NullMarked;
