package ai.paybond.kit.examples.openai;

import static ai.paybond.kit.examples.openai.OpenAiException.badRequest;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation as a client sent it.
 *
 * @param role {@code system}, {@code developer}, {@code user}, {@code assistant} or {@code tool}
 * @param text its text; the text parts one after the other when the content came in parts, empty when there is none
 * @param toolCallIds the ids of the tool calls that an assistant message asks for
 * @param toolCallId the call that a tool message answers
 */
public record ChatMessage(
        String role,
        String text,
        List<String> toolCallIds,
        @Nullable String toolCallId) {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");

    /** Whether this is the result of a tool call. */
    public boolean isToolResult() {
        return role.equals("tool");
    }

    static ChatMessage parse(JsonObject json) {
        String role = json.string("role")
                .filter(ROLES::contains)
                .orElseThrow(() -> badRequest("messages", "A message has no known role."));
        String answered = json.string("tool_call_id").orElse(null);
        if (role.equals("tool") && answered == null) {
            throw badRequest("messages", "A tool message has no 'tool_call_id'.");
        }
        return new ChatMessage(role, text(json.get("content")), toolCallIds(json), answered);
    }

    private static String text(@Nullable JsonValue content) {
        if (content instanceof JsonString whole) {
            return whole.value();
        }
        if (content instanceof JsonArray parts) {
            return parts.objectItems()
                    .flatMap(part -> part.string("text").stream())
                    .collect(Collectors.joining());
        }
        return "";
    }

    private static List<String> toolCallIds(JsonObject json) {
        return json.array("tool_calls").map(ChatMessage::ids).orElse(List.of());
    }

    private static List<String> ids(JsonArray toolCalls) {
        return toolCalls
                .objectItems()
                .map(call -> call.string("id").orElseThrow(() -> badRequest("messages", "A tool call has no 'id'.")))
                .toList();
    }
}
