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

    /**
     * What the evidence mapper is shown of a result: the result itself, unless the host wraps what its tools return. Called
     * once, after the tool ran, and only when the tool proves its results; what it throws counts as a mapper that failed.
     *
     * @param result what {@link #run} returned
     */
    default @Nullable Object evidenceOf(@Nullable T result) {
        return result;
    }
}
