/**
 * Guarded calls as Micrometer observations, and so as the metrics and spans that an application makes of those. Open
 * {@link ai.paybond.kit.springai.observation.ObservationCallObserver} first; a
 * {@link ai.paybond.kit.springai.observation.GuardedCallObservationConvention} changes names and key values. No argument, no
 * result and no secret is in any of them.
 */
@NullMarked
package ai.paybond.kit.springai.observation;

import org.jspecify.annotations.NullMarked;
