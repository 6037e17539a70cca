/** Metrics, observations and log contexts of guarded calls, for what the application has to take them. */
@NullMarked
package ai.paybond.kit.springai.autoconfigure.observe;

import org.jspecify.annotations.NullMarked;
