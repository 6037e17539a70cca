package ai.paybond.kit.springai.observation;

import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.ObservedCall;
import ai.paybond.kit.guard.ToolOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One observation for each guarded call, a child of the caller's; current while the tool runs, so that what the tool does
 * belongs to it. Stages are events. What a tool threw is told by its class only. Thread-safe.
 */
public final class ObservationCallObserver implements CallObserver {

    private static final GuardedCallObservationConvention DEFAULT = new DefaultGuardedCallObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable GuardedCallObservationConvention convention;

    /**
     * @param registry where calls are observed
     * @param convention names and key values; null for {@link DefaultGuardedCallObservationConvention}
     */
    public ObservationCallObserver(
            ObservationRegistry registry, @Nullable GuardedCallObservationConvention convention) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.convention = convention;
    }

    @Override
    public CallObservation begin(ObservedCall call) {
        GuardedCallObservationContext context = new GuardedCallObservationContext(call);
        Observation observation =
                Observation.createNotStarted(convention == null ? DEFAULT : convention, () -> context, registry);
        return new Observed(observation.start(), context);
    }

    private record Observed(Observation observation, GuardedCallObservationContext context) implements CallObservation {

        @Override
        @SuppressWarnings("MustBeClosedChecker") // the guard closes the scope that it is given
        public Scope stage(Stage stage) {
            observation.event(Observation.Event.of("paybond." + stage.name().toLowerCase(Locale.ROOT)));
            if (stage != Stage.RUN) {
                return () -> {};
            }
            Observation.Scope current = observation.openScope();
            return current::close;
        }

        @Override
        public void ended(ToolOutcome<?> outcome) {
            context.ended(outcome);
            if (outcome instanceof ToolOutcome.Failed<?> failed) {
                observation.error(new GuardedCallFailure(failed.thrown().getClass()));
            }
            observation.stop();
        }
    }

    /** Stands for what a tool threw: its message may hold what nobody should see. */
    private static final class GuardedCallFailure extends Exception {
        private static final long serialVersionUID = 1L;

        GuardedCallFailure(Class<? extends Throwable> thrown) {
            super(thrown.getName(), null, false, false);
        }
    }
}
