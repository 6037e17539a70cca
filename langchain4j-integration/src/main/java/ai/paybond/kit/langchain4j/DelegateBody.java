package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolBody;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonValue;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs LangChain4j's own executor for the guard, with the arguments that were checked in place of those that the model
 * wrote.
 *
 * @param delegate the executor that was guarded
 * @param request what the model asked for
 * @param context the invocation, if there is one
 */
record DelegateBody(
        ToolExecutor delegate,
        ToolExecutionRequest request,
        @Nullable InvocationContext context) implements ToolBody<ToolExecutionResult> {

    @Override
    public @Nullable ToolExecutionResult run(ToolCall permitted) {
        ToolExecutionRequest checked = request.toBuilder()
                .arguments(ToolArguments.text(permitted.arguments()))
                .build();
        ToolExecutionResult result = PermittedRequests.during(checked, context, () -> execute(checked));
        if (result != null && result.isError()) {
            throw new ToolErrorResultException(result);
        }
        return result;
    }

    /** The object that the tool returned; without one, its text, read as JSON when it is JSON. */
    @Override
    public @Nullable Object evidenceOf(@Nullable ToolExecutionResult result) {
        if (result == null || result.result() != null) {
            return result == null ? null : result.result();
        }
        List<Content> contents = result.resultContents();
        boolean isText = contents.size() == 1 && contents.get(0) instanceof TextContent;
        return isText ? jsonOrText(result.resultText()) : null;
    }

    private static Object jsonOrText(String text) {
        try {
            return JsonValue.parse(text);
        } catch (JsonException e) {
            return text;
        }
    }

    private @Nullable ToolExecutionResult execute(ToolExecutionRequest checked) {
        try {
            return takesContext() ? delegate.executeWithContext(checked, context) : text(checked);
        } catch (ToolArgumentsException e) {
            throw new ArgumentsNotTakenException(e);
        }
    }

    /**
     * What {@link ToolExecutor}'s default does, except that a tool that answers null has answered: the default throws
     * then, which would look like a failure of a tool that ran.
     */
    private ToolExecutionResult text(ToolExecutionRequest checked) {
        Object memoryId = context == null ? null : context.chatMemoryId();
        return GuardedResults.text(delegate.execute(checked, memoryId));
    }

    private boolean takesContext() {
        try {
            return !delegate.getClass()
                    .getMethod("executeWithContext", ToolExecutionRequest.class, InvocationContext.class)
                    .isDefault();
        } catch (NoSuchMethodException e) {
            return true;
        }
    }
}
