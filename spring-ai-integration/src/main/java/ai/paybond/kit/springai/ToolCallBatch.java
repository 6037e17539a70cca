package ai.paybond.kit.springai;

import ai.paybond.kit.guard.ToolOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * The tool calls of one model response. Spring AI tells a tool neither the id of its call nor anything else that would
 * tell two equal calls apart, so each call is looked up here and used up. Thread-safe.
 */
final class ToolCallBatch {

    private final List<AssistantMessage.ToolCall> waiting;
    private final Set<String> toolNames;
    private final List<ToolOutcome<String>> outcomes = new ArrayList<>();

    private ToolCallBatch(List<AssistantMessage.ToolCall> calls) {
        this.waiting = new ArrayList<>(calls);
        this.toolNames = calls.stream()
                .map(AssistantMessage.ToolCall::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    static ToolCallBatch of(ChatResponse response) {
        return new ToolCallBatch(response.getResults().stream()
                .flatMap(generation -> generation.getOutput().getToolCalls().stream())
                .toList());
    }

    /** A tool that is called outside any manager. */
    static ToolCallBatch none() {
        return new ToolCallBatch(List.of());
    }

    Set<String> toolNames() {
        return toolNames;
    }

    /**
     * The id of the first call that asks for this and was not taken yet; null when there is none or it has no id.
     *
     * @param input the arguments as the tool is given them, an empty object for blank ones
     */
    synchronized @Nullable String takeId(String toolName, String input) {
        for (int i = 0; i < waiting.size(); i++) {
            AssistantMessage.ToolCall call = waiting.get(i);
            if (toolName.equals(call.name()) && input.equals(ToolArguments.orEmpty(call.arguments()))) {
                waiting.remove(i);
                return blankToNull(call.id());
            }
        }
        return null;
    }

    private static @Nullable String blankToNull(@Nullable String id) {
        return id == null || id.isBlank() ? null : id;
    }

    synchronized void settled(ToolOutcome<String> outcome) {
        outcomes.add(outcome);
    }

    synchronized List<ToolOutcome<String>> outcomes() {
        return List.copyOf(outcomes);
    }
}
