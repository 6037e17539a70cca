/** Placeholder front page of {@code ai.paybond.kit}. */
@NullMarked
package ai.paybond.kit;

import org.jspecify.annotations.NullMarked;
