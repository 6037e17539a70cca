package ai.paybond.kit.langchain4j;

import dev.langchain4j.exception.ToolArgumentsException;

/**
 * LangChain4j could not turn the arguments into those of the tool's method, so the tool did not run. Has no cause
 * before the guard: LangChain4j's own may be an I/O exception of its JSON library, which would look as if the tool
 * might have acted.
 */
final class ArgumentsNotTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ToolArgumentsException original;

    ArgumentsNotTakenException(ToolArgumentsException original) {
        super("the arguments do not fit the tool");
        this.original = original;
    }

    ToolArgumentsException original() {
        return original;
    }
}
