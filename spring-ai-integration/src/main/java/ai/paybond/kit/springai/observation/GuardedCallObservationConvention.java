package ai.paybond.kit.springai.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** What an observation of a guarded call is named and says. Define a bean of this type to change it. */
public interface GuardedCallObservationConvention extends ObservationConvention<GuardedCallObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof GuardedCallObservationContext;
    }
}
