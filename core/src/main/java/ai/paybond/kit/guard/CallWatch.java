package ai.paybond.kit.guard;

import ai.paybond.kit.guard.CallObserver.CallObservation;
import ai.paybond.kit.guard.CallObserver.Scope;
import ai.paybond.kit.guard.CallObserver.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call as all observers see it; what an observer throws is dropped. */
final class CallWatch {
    static final CallWatch NOBODY = new CallWatch(List.of());

    private static final Logger log = LoggerFactory.getLogger(CallWatch.class);

    private final List<CallObservation> observations;

    private CallWatch(List<CallObservation> observations) {
        this.observations = observations;
    }

    static CallWatch begin(List<CallObserver> observers, ObservedCall call) {
        return observers.isEmpty() ? NOBODY : new CallWatch(each(observers, observer -> observer.begin(call)));
    }

    /** The scope that was opened last is closed first. */
    Scope stage(Stage stage) {
        List<Scope> scopes = each(observations, observation -> observation.stage(stage));
        return () -> {
            for (int i = scopes.size() - 1; i >= 0; i--) {
                close(scopes.get(i));
            }
        };
    }

    private static void close(Scope scope) {
        each(List.of(scope), open -> {
            open.close();
            return open;
        });
    }

    void allowed(Decision.Allowed decision) {
        each(observations, observation -> {
            observation.allowed(decision);
            return observation;
        });
    }

    <O extends ToolOutcome<?>> O ended(O outcome) {
        each(observations, observation -> {
            observation.ended(outcome);
            return observation;
        });
        return outcome;
    }

    /** What all say, but for those that fail. */
    private static <S, R> List<R> each(List<S> asked, Function<S, @Nullable R> question) {
        List<R> answers = new ArrayList<>(asked.size());
        for (S one : asked) {
            try {
                R answer = question.apply(one);
                if (answer != null) {
                    answers.add(answer);
                }
            } catch (Throwable e) {
                log.warn("a call observer failed and was ignored", e);
            }
        }
        return answers;
    }
}
