package ai.paybond.kit.langchain4j;

import ai.paybond.kit.wire.json.JsonException;
import dev.langchain4j.service.tool.ToolExecutor;

/** The way into a reading that is not public. */
public final class LangChainArguments {
    private static final ToolArguments ANY = ToolArguments.of((ToolExecutor) (request, memoryId) -> "");

    private LangChainArguments() {}

    /** What is read is read again as the same. */
    public static void read(String text) {
        try {
            String checked = ToolArguments.text(ANY.read(text));
            if (!ToolArguments.text(ANY.read(checked)).equals(checked)) {
                throw new AssertionError("the arguments change when they are read again");
            }
        } catch (JsonException declared) {
            // what reading says it throws
        }
    }
}
