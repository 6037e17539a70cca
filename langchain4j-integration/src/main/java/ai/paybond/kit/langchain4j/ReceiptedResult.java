package ai.paybond.kit.langchain4j;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool's own result with more attributes. Leaves a text that is computed lazily alone until somebody reads it; LangChain4j
 * before 1.19 has no other way to copy a result without doing so.
 */
final class ReceiptedResult extends ToolExecutionResult {
    private final ToolExecutionResult original;

    ReceiptedResult(ToolExecutionResult original, Map<String, Object> attributes) {
        super(builder()
                .isError(original.isError())
                .result(original.result())
                .resultTextSupplier(original::resultText)
                .attributes(attributes));
        this.original = original;
    }

    @Override
    public @Nullable String resultText() {
        return original.resultText();
    }

    @Override
    public List<Content> resultContents() {
        return original.resultContents();
    }

    @SuppressWarnings("MissingOverride") // not there before LangChain4j 1.19
    public Builder toBuilder() {
        return builder()
                .isError(isError())
                .result(result())
                .resultContents(resultContents())
                .attributes(attributes());
    }
}
