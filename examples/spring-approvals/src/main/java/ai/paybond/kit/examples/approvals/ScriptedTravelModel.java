package ai.paybond.kit.examples.approvals;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/** Stands in for a model: books a room when it is asked to book, and otherwise says what it knows of the last booking. */
final class ScriptedTravelModel implements ChatModel {

    private static final String ROOM = "{\"city\":\"Paris\",\"priceCents\":18700}";

    @Override
    public ChatResponse call(Prompt prompt) {
        List<Message> messages = prompt.getInstructions();
        Message last = messages.get(messages.size() - 1);
        return new ChatResponse(List.of(
                new Generation(last instanceof UserMessage user && wantsARoom(user) ? booking() : said(messages))));
    }

    private static boolean wantsARoom(UserMessage user) {
        return Objects.requireNonNullElse(user.getText(), "")
                .toLowerCase(Locale.ROOT)
                .contains("book");
    }

    private static AssistantMessage booking() {
        return AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(
                        new AssistantMessage.ToolCall(UUID.randomUUID().toString(), "function", "book_hotel", ROOM)))
                .build();
    }

    private static AssistantMessage said(List<Message> messages) {
        return messages.stream()
                .filter(ToolResponseMessage.class::isInstance)
                .map(message -> ((ToolResponseMessage) message).getResponses().get(0))
                .reduce((first, last) -> last)
                .map(answer -> new AssistantMessage("About the room: " + answer.responseData()))
                .orElseGet(() -> new AssistantMessage("Ask me to book a room."));
    }

    @Override
    public ChatOptions getOptions() {
        return ToolCallingChatOptions.builder().build();
    }
}
