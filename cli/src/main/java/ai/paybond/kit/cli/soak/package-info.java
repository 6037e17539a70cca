/**
 * Makes guarded calls for a long time and watches threads, descriptors and heap. Start at
 * {@link ai.paybond.kit.cli.soak.Soak}.
 */
@NullMarked
package ai.paybond.kit.cli.soak;

import org.jspecify.annotations.NullMarked;
