package ai.paybond.kit.examples.openai;

import java.util.List;
import java.util.Optional;

/** What the scripted model says: a text, or tool calls. */
sealed interface ModelReply {
    /** How much was said, in UTF-16 units. */
    int length();

    /** A final answer. */
    record Text(String text) implements ModelReply {
        @Override
        public int length() {
            return text.length();
        }
    }

    /** One or more tool calls in one turn. */
    record ToolCalls(List<ToolCall> calls) implements ModelReply {
        public ToolCalls {
            calls = List.copyOf(calls);
        }

        @Override
        public int length() {
            return calls.stream()
                    .mapToInt(call -> call.tool().length() + call.arguments().length())
                    .sum();
        }
    }

    /**
     * A call as the model writes it: {@code arguments} is text, and nobody promises that it is JSON.
     *
     * @param id the call's id; empty to have one drawn
     */
    record ToolCall(Optional<String> id, String tool, String arguments) {}
}
