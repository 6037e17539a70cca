package ai.paybond.kit.springai;

import java.util.List;
import java.util.UUID;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Books for whatever is said, and repeats what it was answered; told to go on, it repeats the last answer it remembers. */
final class OneCallModel implements ChatModel {

    private final String arguments;

    OneCallModel(String arguments) {
        this.arguments = arguments;
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        List<Message> messages = prompt.getInstructions();
        boolean goOn = prompt.getContents().contains("Go on");
        String answered = messages.stream()
                .filter(ToolResponseMessage.class::isInstance)
                .map(message ->
                        ((ToolResponseMessage) message).getResponses().get(0).responseData())
                .reduce((first, last) -> last)
                .orElse("nothing");
        boolean afterTool = messages.get(messages.size() - 1) instanceof ToolResponseMessage;
        AssistantMessage reply = goOn || afterTool
                ? new AssistantMessage("I was told: " + answered)
                : AssistantMessage.builder()
                        .content("")
                        .toolCalls(List.of(new AssistantMessage.ToolCall(
                                UUID.randomUUID().toString(), "function", "book", arguments)))
                        .build();
        return new ChatResponse(List.of(new Generation(reply)));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.defer(() -> Flux.just(call(prompt))).publishOn(Schedulers.parallel());
    }

    @Override
    public ChatOptions getOptions() {
        return ToolCallingChatOptions.builder().build();
    }
}
