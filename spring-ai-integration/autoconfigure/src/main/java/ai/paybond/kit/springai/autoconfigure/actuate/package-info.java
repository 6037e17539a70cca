/**
 * What operators see of guarded calls: the {@code paybond} health indicator, and the {@code paybond} endpoint for calls that
 * are parked or in doubt.
 */
@NullMarked
package ai.paybond.kit.springai.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
