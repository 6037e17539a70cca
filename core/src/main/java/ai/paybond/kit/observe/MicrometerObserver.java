package ai.paybond.kit.observe;

import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.guard.ObservedCall;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.CallJournal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times guarded calls with Micrometer. Thread-safe; needs {@code io.micrometer:micrometer-core}.
 *
 * <p>Meters:
 * <ul>
 *   <li>{@code paybond.guard.calls}, counter: {@code tool}, {@code outcome} (executed, replayed, failed, in_doubt, refused,
 *       held), {@code code} (of a refusal or of what waits, otherwise none)
 *   <li>{@code paybond.guard.stage}, timer: {@code tool}, {@code stage} (verify, authorize, run, deliver; see
 *       {@link ai.paybond.kit.guard.CallObserver.Stage})
 *   <li>{@code paybond.journal.pending}, gauge, with {@link #watch}
 * </ul>
 *
 * <p>Tools are those that are declared, all others are {@code undeclared}; codes beyond the first 64 are {@code other}.
 */
public final class MicrometerObserver implements CallObserver {
    private static final int MOST_CODES = 64;
    private static final int MOST_PENDING = 10_000;

    private final MeterRegistry meters;
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    /** @param meters where the meters are registered */
    public MicrometerObserver(MeterRegistry meters) {
        this.meters = Objects.requireNonNull(meters, "meters");
    }

    /**
     * Registers the gauge of calls for which the authority is still to be told something, up to 10 000. The journal is asked
     * when the meters are read; the gauge is NaN while it cannot answer.
     */
    public MicrometerObserver watch(CallJournal journal) {
        Gauge.builder("paybond.journal.pending", journal, MicrometerObserver::pending)
                .description("calls that are not settled with the authority yet")
                .strongReference(true)
                .register(meters);
        return this;
    }

    private static double pending(CallJournal journal) {
        return journal.pending(null, MOST_PENDING).size();
    }

    @Override
    public CallObservation begin(ObservedCall call) {
        return new Timing(call.toolName());
    }

    private String bounded(String code) {
        if (codes.contains(code)) {
            return code;
        }
        synchronized (codes) {
            return codes.contains(code) || (codes.size() < MOST_CODES && codes.add(code)) ? code : "other";
        }
    }

    private final class Timing implements CallObservation {
        private final String tool;

        Timing(String tool) {
            this.tool = tool;
        }

        @Override
        public Scope stage(Stage stage) {
            Timer timer = meters.timer(
                    "paybond.guard.stage", "tool", tool, "stage", stage.name().toLowerCase(Locale.ROOT));
            Timer.Sample sample = Timer.start(meters);
            return () -> sample.stop(timer);
        }

        @Override
        public void ended(ToolOutcome<?> outcome) {
            String name = Outcomes.nameOf(outcome);
            String code = bounded(Outcomes.codeOf(outcome));
            meters.counter("paybond.guard.calls", "tool", tool, "outcome", name, "code", code)
                    .increment();
        }
    }
}
