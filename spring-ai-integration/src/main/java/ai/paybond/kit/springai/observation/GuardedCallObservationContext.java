package ai.paybond.kit.springai.observation;

import ai.paybond.kit.guard.ObservedCall;
import ai.paybond.kit.guard.ToolOutcome;
import io.micrometer.observation.Observation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One guarded call under observation. */
public final class GuardedCallObservationContext extends Observation.Context {

    private final ObservedCall call;
    private volatile @Nullable String outcome;
    private volatile @Nullable String code;

    /** @param call the names of what is called */
    public GuardedCallObservationContext(ObservedCall call) {
        this.call = Objects.requireNonNull(call, "call");
    }

    /** What is called: names, no argument. */
    public ObservedCall call() {
        return call;
    }

    /** {@code executed}, {@code replayed}, {@code failed}, {@code in_doubt}, {@code refused} or {@code held}; null before the end. */
    public @Nullable String outcome() {
        return outcome;
    }

    /** The code of a refusal or of what the call waits for; null where there is none. */
    public @Nullable String code() {
        return code;
    }

    void ended(ToolOutcome<?> result) {
        if (result instanceof ToolOutcome.Executed<?> executed) {
            outcome = executed.receipt().replayed() ? "replayed" : "executed";
        } else if (result instanceof ToolOutcome.Failed<?> failed) {
            outcome = failed.inDoubt() ? "in_doubt" : "failed";
        } else if (result instanceof ToolOutcome.Refused<?> refused) {
            outcome = "refused";
            code = refused.decision().reason().code();
        } else if (result instanceof ToolOutcome.Held<?> held) {
            outcome = "held";
            code = held.decision().reason().code();
        }
    }
}
