package ai.paybond.kit.examples.openai;

import static ai.paybond.kit.examples.openai.OpenAiException.badRequest;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A chat-completions request that the server understood.
 *
 * @param stream whether the client wants server-sent events
 * @param includeUsage whether a stream is to end with the token counts
 * @param tools the names of the tools that the client offered to the model
 */
public record ChatRequest(
        String model, boolean stream, boolean includeUsage, List<ChatMessage> messages, List<String> tools) {
    /** The message that the model is to answer. */
    public ChatMessage last() {
        return messages.get(messages.size() - 1);
    }

    /** The texts of all tool results in the conversation, oldest first: what the model got to see. */
    public List<String> toolResults() {
        return messages.stream()
                .filter(ChatMessage::isToolResult)
                .map(ChatMessage::text)
                .toList();
    }

    static ChatRequest parse(JsonObject json) {
        String model = json.string("model").orElseThrow(() -> badRequest("model", "You must provide a model."));
        ChatRequest request = new ChatRequest(
                model,
                json.bool("stream").orElse(false),
                json.object("stream_options")
                        .flatMap(options -> options.bool("include_usage"))
                        .orElse(false),
                messages(json),
                json.array("tools").map(ChatRequest::toolNames).orElse(List.of()));
        request.requireAnsweredToolCalls();
        return request;
    }

    private static List<ChatMessage> messages(JsonObject json) {
        JsonArray messages = json.array("messages")
                .filter(array -> !array.items().isEmpty())
                .orElseThrow(() -> badRequest("messages", "'messages' must be a non-empty array."));
        if (messages.objectItems().count() != messages.items().size()) {
            throw badRequest("messages", "A message is not an object.");
        }
        return messages.objectItems().map(ChatMessage::parse).toList();
    }

    private static List<String> toolNames(JsonArray tools) {
        return tools.objectItems()
                .map(tool -> tool.object("function")
                        .flatMap(function -> function.string("name"))
                        .orElseThrow(() -> badRequest("tools", "A tool has no 'function.name'.")))
                .toList();
    }

    /** The provider refuses a conversation in which a tool call stays open or a result answers nothing; so do we. */
    private void requireAnsweredToolCalls() {
        List<String> open = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message.isToolResult()) {
                requireKnown(open.remove(message.toolCallId()));
            } else {
                requireAnswered(open);
                open.addAll(message.toolCallIds());
            }
        }
        requireAnswered(open);
    }

    private static void requireKnown(boolean answersAnOpenCall) {
        if (!answersAnOpenCall) {
            throw badRequest("messages", "A tool message answers no preceding 'tool_calls'.");
        }
    }

    private static void requireAnswered(List<String> open) {
        if (!open.isEmpty()) {
            throw badRequest("messages", "A 'tool_calls' message is not followed by a result for every call.");
        }
    }
}
