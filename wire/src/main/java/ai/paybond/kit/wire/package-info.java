/** Placeholder front page of {@code ai.paybond.kit.wire}. */
@NullMarked
package ai.paybond.kit.wire;

import org.jspecify.annotations.NullMarked;
