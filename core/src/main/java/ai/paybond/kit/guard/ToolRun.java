package ai.paybond.kit.guard;

import ai.paybond.kit.guard.CallObserver.Scope;
import ai.paybond.kit.guard.CallObserver.Stage;
import org.jspecify.annotations.Nullable;

/** What came of running a tool. */
sealed interface ToolRun<T> {

    record Returned<T>(@Nullable T result) implements ToolRun<T> {}

    record Threw<T>(Throwable thrown, boolean doubtful) implements ToolRun<T> {}

    /** Runs the tool and catches whatever it throws; an interrupt that it met stays set. */
    static <T> ToolRun<T> of(ResolvedCall call, ToolBody<T> body) {
        try (Scope running = call.watch().stage(Stage.RUN)) {
            return new Returned<>(body.run(call.call()));
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new Threw<>(thrown, call.tool().failures().isDoubtful(thrown));
        }
    }
}
