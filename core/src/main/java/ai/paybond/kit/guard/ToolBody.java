package ai.paybond.kit.guard;

import org.jspecify.annotations.Nullable;

/**
 * What a guarded call does once it is permitted.
 *
 * @param <T> what the tool returns
 */
@FunctionalInterface
public interface ToolBody<T> {

    /**
     * Runs the tool.
     *
     * @param permitted the call whose arguments were checked, with its id; act on these arguments and on no others
     * @throws Exception the tool's own failure; it reaches the caller as it was thrown
     */
    @Nullable T run(ToolCall permitted) throws Exception;
}
