/** Placeholder front page of {@code ai.paybond.kit.springai}. */
@NullMarked
package ai.paybond.kit.springai;

import org.jspecify.annotations.NullMarked;
