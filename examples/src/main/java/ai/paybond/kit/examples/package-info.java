/** Placeholder front page of {@code ai.paybond.kit.examples}. */
@NullMarked
package ai.paybond.kit.examples;

import org.jspecify.annotations.NullMarked;
