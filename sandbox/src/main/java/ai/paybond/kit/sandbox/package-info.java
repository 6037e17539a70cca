/** Placeholder front page of {@code ai.paybond.kit.sandbox}. */
@NullMarked
package ai.paybond.kit.sandbox;

import org.jspecify.annotations.NullMarked;
