/** Placeholder front page of {@code ai.paybond.kit.cli}. */
@NullMarked
package ai.paybond.kit.cli;

import org.jspecify.annotations.NullMarked;
