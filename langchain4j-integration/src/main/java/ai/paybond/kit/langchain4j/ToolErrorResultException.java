package ai.paybond.kit.langchain4j;

import dev.langchain4j.service.tool.ToolExecutionResult;

/**
 * Stands in, before the guard, for a tool that did not throw but answered with an error result. Name it in {@code
 * doubtfulFailures} of a declaration when the tool's error results do not say that nothing happened, as with a remote
 * tool that reports its timeouts this way.
 *
 * <p>The model gets the tool's own error result; this exception reaches listeners only.
 */
public final class ToolErrorResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ToolExecutionResult result;

    ToolErrorResultException(ToolExecutionResult result) {
        super("the tool answered with an error result");
        this.result = result;
    }

    ToolExecutionResult result() {
        return result;
    }
}
