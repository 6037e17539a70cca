package ai.paybond.kit.guard;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a guarded call does once it is permitted, when the result comes later and on another thread.
 *
 * @param <T> what the tool returns in the end
 */
@FunctionalInterface
public interface AsyncToolBody<T> {

    /**
     * Starts the tool. Its call is accounted for when the stage completes: until then it counts as running, and if the
     * process ends before, it is in doubt.
     *
     * @param permitted the call whose arguments were checked, with its id; act on these arguments and on no others
     * @throws Exception the tool's own failure; judged like one that the stage completes with
     */
    CompletionStage<? extends @Nullable T> start(ToolCall permitted) throws Exception;
}
