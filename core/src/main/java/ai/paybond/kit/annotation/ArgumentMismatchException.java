package ai.paybond.kit.annotation;

import ai.paybond.kit.PaybondException;

/**
 * Thrown in place of a tool when the arguments that were checked are not exactly values of its parameters, so that it could
 * only run with others. The tool did not run.
 */
public final class ArgumentMismatchException extends PaybondException {
    private static final long serialVersionUID = 1L;

    ArgumentMismatchException(String what) {
        super("arguments.mismatch", what);
    }
}
