package ai.paybond.kit.springai;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Plays a model: gives the scripted replies in order, streams them on a thread of its own, keeps what it was sent. */
final class ScriptedModel implements ChatModel {

    private final Deque<AssistantMessage> replies = new ArrayDeque<>();
    private final List<Prompt> prompts = Collections.synchronizedList(new ArrayList<>());

    static ScriptedModel asking(AssistantMessage.ToolCall... calls) {
        ScriptedModel model = new ScriptedModel();
        model.replies.add(
                AssistantMessage.builder().content("").toolCalls(List.of(calls)).build());
        model.replies.add(new AssistantMessage("done"));
        return model;
    }

    static AssistantMessage.ToolCall toolCall(String id, String tool, String arguments) {
        return new AssistantMessage.ToolCall(id, "function", tool, arguments);
    }

    ScriptedModel thenAsking(AssistantMessage.ToolCall... calls) {
        replies.removeLast();
        replies.add(
                AssistantMessage.builder().content("").toolCalls(List.of(calls)).build());
        replies.add(new AssistantMessage("done"));
        return this;
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        prompts.add(prompt);
        return new ChatResponse(List.of(new Generation(replies.remove())));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.defer(() -> Flux.just(call(prompt))).publishOn(Schedulers.parallel());
    }

    @Override
    public ChatOptions getOptions() {
        return ToolCallingChatOptions.builder().build();
    }

    /** What the tools answered in the latest round, in order. */
    List<ToolResponseMessage.ToolResponse> answers() {
        Prompt latest = prompts.get(prompts.size() - 1);
        return latest.getInstructions().stream()
                .filter(ToolResponseMessage.class::isInstance)
                .map(ToolResponseMessage.class::cast)
                .reduce((first, second) -> second)
                .map(ToolResponseMessage::getResponses)
                .orElse(List.of());
    }

    /** What the only tool call was answered. */
    String answer() {
        List<ToolResponseMessage.ToolResponse> answers = answers();
        if (answers.size() != 1) {
            throw new AssertionError("expected one answer but got " + answers);
        }
        return answers.get(0).responseData();
    }

    /** The names of the tools that the model was shown in the latest round. */
    List<String> shownTools() {
        Prompt latest = prompts.get(prompts.size() - 1);
        return ((ToolCallingChatOptions) latest.getOptions())
                .getToolCallbacks().stream()
                        .map(tool -> tool.getToolDefinition().name())
                        .sorted()
                        .toList();
    }

    int rounds() {
        return prompts.size();
    }
}
